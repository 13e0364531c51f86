"""What is asked about the mentors of a company."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2

from tandem.models import Mentor
from tandem.services.colleagues import Invitation
from tandem.web.fields import EmailAddress, NameFields, filled
from tandem.web.forms import BaseForm, required


class InviteForm(NameFields, EmailAddress, BaseForm):
    """Invite a colleague by mail."""

    def to_invitation(self) -> Invitation:
        """Return whom to invite; call it on a valid form only."""
        return Invitation(
            first_name=required(self.first_name.data),
            last_name=required(self.last_name.data),
            email=required(self.email.data),
        )


class ColleagueForm(BaseForm):
    """Choose one of the mentors of a company."""

    mentor = RadioField(_l("Who?"), validators=[filled()], choices=[])

    @classmethod
    def among(cls, mentors: Sequence[Mentor], **values: Any) -> "ColleagueForm":
        """Return the form with these mentors to choose from."""
        form = cls(**values)
        form.mentor.choices = [SelectChoice(each.key, each.name) for each in mentors]
        return form

    def key(self) -> str:
        """Return the key of the one who was chosen; call it on a valid form only."""
        return str(required(self.mentor.data))

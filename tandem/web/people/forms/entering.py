"""Enter somebody who sits at the desk."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf, DataRequired, Optional

from tandem.models import Side
from tandem.services.desk import DeskDraft
from tandem.services.entering import Entry
from tandem.web import codes, languages
from tandem.web.fields import OneOf, at_most, filled
from tandem.web.forms import BaseForm, Email, LineField, add_error


class EnterForm(BaseForm):
    """Name, address and language of a person, and on which side they take part."""

    side = RadioField(
        _l("Who is it?"),
        choices=[
            SelectChoice(Side.MENTEE.value, _l("A mentee")),
            SelectChoice(Side.MENTOR.value, _l("A mentor")),
        ],
        default=Side.MENTEE.value,
        validators=[AnyOf([side.value for side in Side], _l("Please choose one."))],
    )
    company = OneOf(_l("Company"), choices=[])
    first_name = LineField(
        _l("First name"),
        validators=[filled(), at_most(80)],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    last_name = LineField(
        _l("Last name"),
        validators=[filled(), at_most(80)],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    email = LineField(
        _l("E-mail address"),
        validators=[Optional(), Email()],
        render_kw={"type": "email", "autocomplete": "off", "dir": "ltr"},
    )
    language = RadioField(
        _l("Language of e-mails and pages"),
        choices=lambda: [SelectChoice(code, codes.language(code)) for code in languages.OFFERED],
        validators=[DataRequired(_l("Please choose one."))],
    )
    told = BooleanField(
        _l("The person knows that they are entered, and has seen the privacy notice"),
        validators=[DataRequired(_l("Please show the notice first, on paper or on screen."))],
    )

    def offer(self, companies: Sequence[tuple[str, str]]) -> None:
        """Offer the companies of the programme."""
        self.company.choices = [
            SelectChoice("", _("Please choose")),
            *(SelectChoice(key, name) for key, name in companies),
        ]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Ask for the company of a mentor."""
        valid = bool(super().validate(extra_validators))
        if self.side.data == Side.MENTOR.value and not self.company.data:
            add_error(self.company, _("Choose the company of the mentor."))
            return False
        return valid

    def to_draft(self) -> DeskDraft:
        """Return who is entered; call it on a valid form only."""
        return DeskDraft(
            side=Side(self.side.data),
            person=Entry(
                first_name=self.first_name.data or "",
                last_name=self.last_name.data or "",
                email=self.email.data or "",
                locale=self.language.data,
            ),
            company_key=self.company.data or "",
        )

"""Look for people; decide on a profile."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, Length

from tandem.models import ProfileState, Side
from tandem.services.people import Ruling, Search, Verdict
from tandem.web.forms import BaseForm, LineField, ProseField, VersionedForm
from tandem.web.people import wording


class SearchForm(BaseForm):
    """Look for people by name, side and state; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    name = LineField(
        _l("Name"),
        validators=[Length(max=160, message=_l("Use at most %(max)d characters."))],
        render_kw={"type": "search", "autocomplete": "off", "dir": "auto"},
    )
    side = SelectField(
        _l("Side"),
        choices=lambda: [
            ("", _("Mentors and mentees")),
            (Side.MENTEE.value, _("Mentees")),
            (Side.MENTOR.value, _("Mentors")),
        ],
        default="",
    )
    state = SelectField(
        _l("Profile"),
        choices=lambda: [("", _("In any state")), *wording.state_choices()],
        default="",
    )

    @property
    def is_used(self) -> bool:
        """Whether anything was looked for."""
        return bool(self.name.data or self.side.data or self.state.data)

    def to_search(self, page: int) -> Search:
        """Return what is looked for; call it on a valid form only."""
        return Search(
            name=self.name.data or "",
            side=Side(self.side.data) if self.side.data else None,
            state=ProfileState(self.state.data) if self.state.data else None,
            page=page,
        )

    def arguments(self) -> dict[str, Any]:
        """Return what an address must carry to look for the same again."""
        return {field.name: field.data for field in self if field.data}


class DecideForm(VersionedForm):
    """Approve a profile, ask back, or decline it."""

    verdict = RadioField(
        _l("What do you decide?"),
        choices=lambda: [
            (Verdict.APPROVE.value, _("Approve")),
            (Verdict.RETURN.value, _("Ask back")),
            (Verdict.DECLINE.value, _("Decline")),
        ],
        validators=[DataRequired(_l("Please choose one."))],
        default=Verdict.APPROVE.value,
    )
    reason = ProseField(
        _l("Your question or reason"),
        validators=[Length(max=500, message=_l("Use at most %(max)d characters."))],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of everything but a yes."""
        if self.verdict.data != Verdict.APPROVE.value and not field.data:
            raise ValidationError(_l("Say what is missing, or why not. The person reads it."))

    def to_ruling(self) -> Ruling:
        """Return the decision; call it on a valid form only."""
        return Ruling(
            verdict=Verdict(self.verdict.data),
            reason=self.reason.data or "",
            seen_version=self.seen_version(),
        )

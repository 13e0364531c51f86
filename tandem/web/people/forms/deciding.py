"""Decide on a profile."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError
from wtforms.validators import DataRequired

from tandem.services.people import Person, Ruling, Verdict
from tandem.web.fields import at_most
from tandem.web.forms import ProseField, VersionedForm
from tandem.web.searches import Searched, SearchField, looks_up


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
    occupation = SearchField(_l("The occupation behind these words"), source="occupations")
    reason = ProseField(
        _l("Your question or reason"),
        validators=[at_most(500)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of everything but a yes."""
        if self.verdict.data != Verdict.APPROVE.value and not field.data:
            raise ValidationError(_l("Say what is missing, or why not. The person reads it."))

    @classmethod
    def about(cls, person: Person, **values: Any) -> Self:
        """Return the form as it is first shown, with the words to find an occupation for."""
        words = person.waiting.occupation_words if person.waiting else ""
        return cls(formdata=None, data={"occupation": Searched(words)} | values)

    @property
    def looks_up(self) -> bool:
        """Whether a search was asked for, so that nothing is decided yet."""
        return looks_up(self)

    def to_ruling(self) -> Ruling:
        """Return the decision; call it on a valid form only."""
        return Ruling(
            verdict=Verdict(self.verdict.data),
            reason=self.reason.data or "",
            seen_version=self.seen_version(),
            occupation=self.occupation.code,
        )

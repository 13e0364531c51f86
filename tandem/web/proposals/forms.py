"""What is asked about a proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import DataRequired

from tandem.models import Verdict
from tandem.services.proposals import Ruling
from tandem.web.fields import Choices, OneOf, at_most
from tandem.web.forms import ProseField, VersionedForm, add_error
from tandem.web.proposals import wording

LONGEST_REASON = 500
_GROUPS = {Verdict.CONFIRMED: _l("To confirm"), Verdict.REJECTED: _l("To reject")}


def _frequent() -> Choices:
    """Return the frequent reasons, those for a yes first."""
    return [
        SelectChoice("", _("No frequent reason")),
        *(
            SelectChoice(code, str(text), optgroup=str(_GROUPS[verdict]))
            for verdict, reasons in wording.REASONS.items()
            for code, text in reasons.items()
        ),
    ]


class RulingForm(VersionedForm):
    """Confirm or reject one proposal, with a frequent reason, one in own words, or both."""

    verdict = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(Verdict.CONFIRMED.value, _l("Confirm, ask both")),
            SelectChoice(Verdict.REJECTED.value, _l("Reject")),
        ],
        default=Verdict.CONFIRMED.value,
        validators=[DataRequired(_l("Choose one of the two."))],
    )
    usual = OneOf(_l("Why? Frequent reasons"), choices=_frequent)
    reason = ProseField(
        _l("Or in your own words"),
        validators=[at_most(LONGEST_REASON)],
        render_kw={"rows": 3, "dir": "auto"},
    )

    def validate_usual(self, field: Field) -> None:
        """Take a reason only for what it is a reason for."""
        chosen = wording.REASONS.get(self._verdict(), {})
        if field.data and field.data not in chosen:
            raise ValidationError(_l("This is a reason for the other decision."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Ask for one reason at least, and for no more than can be kept."""
        valid = bool(super().validate(extra_validators))
        if valid and not self._reason():
            add_error(self.reason, _l("Please choose a reason, or write one."))
        elif valid and len(self._reason()) > LONGEST_REASON:
            add_error(self.reason, _l("Both reasons together are too long. Please shorten this."))
        return valid and not self.reason.errors

    def to_ruling(self) -> Ruling:
        """Return what was decided; call it on a valid form only."""
        return Ruling(verdict=Verdict(self.verdict.data), reason=self._reason())

    def _verdict(self) -> Verdict:
        return next((each for each in Verdict if each.value == self.verdict.data), Verdict.REJECTED)

    def _reason(self) -> str:
        usual = wording.REASONS[self._verdict()].get(self.usual.data or "", "")
        return " ".join(part for part in (str(usual), self.reason.data or "") if part)

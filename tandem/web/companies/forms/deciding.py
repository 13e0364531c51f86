"""What a coordinator is asked about companies."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError

from tandem.services.companies import CompanyDecision
from tandem.web.fields import at_most, filled
from tandem.web.forms import ProseField, VersionedForm

_VET, _DECLINE = "vet", "decline"


class DecisionForm(VersionedForm):
    """Vet a company, or decline it with a reason."""

    verdict = RadioField(
        _l("Your decision"),
        choices=lambda: [(_VET, _("It takes part")), (_DECLINE, _("It does not take part"))],
        validators=[filled()],
        validate_choice=True,
    )
    reason = ProseField(
        _l("Reason"),
        validators=[at_most(500)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def validate_reason(self, field: Field) -> None:
        """Ask for the reason of a no."""
        if self.verdict.data == _DECLINE and not field.data:
            raise ValidationError(_l("Say why, in a sentence the company can understand."))

    def to_decision(self) -> CompanyDecision:
        """Return the decision; call it on a valid form only."""
        return CompanyDecision(
            vetted=self.verdict.data == _VET,
            reason=self.reason.data or "",
            seen_version=self.seen_version(),
        )

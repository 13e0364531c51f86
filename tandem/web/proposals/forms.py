"""What is asked about a proposal."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import DataRequired

from tandem.models import Verdict
from tandem.services.proposals import Ruling
from tandem.web.fields import at_most, filled
from tandem.web.forms import ProseField, VersionedForm, required


class RulingForm(VersionedForm):
    """Confirm or reject one proposal, with a reason."""

    verdict = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(Verdict.CONFIRMED.value, _l("Confirm, ask both")),
            SelectChoice(Verdict.REJECTED.value, _l("Reject")),
        ],
        default=Verdict.CONFIRMED.value,
        validators=[DataRequired(_l("Choose one of the two."))],
    )
    reason = ProseField(_l("Why?"), validators=[filled(), at_most(500)], render_kw={"rows": 3})

    def to_ruling(self) -> Ruling:
        """Return what was decided; call it on a valid form only."""
        return Ruling(verdict=Verdict(self.verdict.data), reason=required(self.reason.data))

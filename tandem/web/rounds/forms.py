"""What is asked about rounds."""

from flask_babel import lazy_gettext as _l

from tandem.services.rounds import RoundDraft
from tandem.web.fields import at_most, filled
from tandem.web.forms import BaseForm, LineField, required


class RoundForm(BaseForm):
    """Open a round."""

    name = LineField(_l("Name of the round"), validators=[filled(), at_most(80)])

    def to_draft(self) -> RoundDraft:
        """Return what was entered; call it on a valid form only."""
        return RoundDraft(name=required(self.name.data))


class StepForm(BaseForm):
    """One button that takes a round a step further."""

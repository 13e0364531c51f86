"""Four questions to one side of a tandem."""

from flask_babel import lazy_gettext as _l

from tandem.services.check_ins import Answers
from tandem.services.check_ins.answering import LONGEST
from tandem.web.check_ins import wording
from tandem.web.fields import OneOfFew, at_most
from tandem.web.forms import BaseForm, ProseField, required


class CheckInForm(BaseForm):
    """How it is going; the line at the end is free."""

    going = OneOfFew(_l("How is it going in your tandem?"), wording.GOING)
    helping = OneOfFew(_l("Do the meetings help?"), wording.HELPING)
    alike = OneOfFew(_l("How alike are you two in what matters to you?"), wording.ALIKE)
    wants_call = OneOfFew(_l("Shall we call you?"), wording.CALL)
    remark = ProseField(
        _l("Is there anything else you would like to tell us?"),
        validators=[at_most(LONGEST)],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def to_answers(self) -> Answers:
        """Return what was said; call it on a valid form only."""
        return Answers(
            going=int(required(self.going.data)),
            helping=int(required(self.helping.data)) or None,
            alike=int(required(self.alike.data)) or None,
            wants_call=self.wants_call.data == "yes",
            remark=self.remark.data or "",
        )


class AttendForm(BaseForm):
    """One button: somebody has seen to the answers."""

"""Answer an invitation; take one back."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import AnyOf, DataRequired, Length

from tandem.web.forms import ProseField, VersionedForm

YES, NO = "yes", "no"
_TOO_LONG = Length(max=500, message=_l("Use at most %(max)d characters."))


class AnswerForm(VersionedForm):
    """Say yes or no to an invitation; a no may have a reason."""

    answer = HiddenField(validators=[AnyOf([YES, NO], message=_l("Please say yes or no."))])
    reason = ProseField(
        _l("Why not?"), validators=[_TOO_LONG], render_kw={"rows": "3", "dir": "auto"}
    )

    def to_answer(self) -> dict[str, Any]:
        """Return what was said; call it on a valid form only."""
        return {
            "says_yes": self.answer.data == YES,
            "reason": self.reason.data or "",
            "seen_version": self.seen_version(),
        }


class WithdrawForm(VersionedForm):
    """Take an invitation back."""

    reason = ProseField(
        _l("Why?"),
        validators=[DataRequired(_l("Please say why; it stays in the record.")), _TOO_LONG],
        render_kw={"rows": "3", "dir": "auto"},
    )

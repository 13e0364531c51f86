"""Answer an invitation; take one back; take a break; end a tandem early."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from tandem.models import EndReason, Side
from tandem.services.tandems import Ending, Said
from tandem.web import codes
from tandem.web.fields import OneOfFew, filled
from tandem.web.forms import BaseForm, ProseField, VersionedForm, required
from tandem.web.said_by import SaidBy

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


class SaidForm(VersionedForm):
    """What one side said on the telephone."""

    answer = RadioField(
        _l("What was said?"),
        choices=lambda: [SelectChoice(YES, _("Yes")), SelectChoice(NO, _("No"))],
        validators=[filled()],
    )
    reason = ProseField(
        _l("Why not?"), validators=[_TOO_LONG], render_kw={"rows": "2", "dir": "auto"}
    )

    @classmethod
    def of(cls, side: Side, **values: Any) -> Self:
        """Return the form for what this side said; there may be one for each on a page."""
        form = cls(**values)
        form.side = side
        for field in form:
            field.id = f"{side.value}-{field.id}"
        return form

    side: Side
    """Whose answer it is."""

    def to_said(self) -> Said:
        """Return what was said; call it on a valid form only."""
        return Said(
            side=self.side,
            yes=self.answer.data == YES,
            reason=self.reason.data or "",
            seen_version=self.seen_version(),
        )


class WithdrawForm(VersionedForm):
    """Take an invitation back."""

    reason = ProseField(
        _l("Why?"),
        validators=[DataRequired(_l("Please say why; it stays in the record.")), _TOO_LONG],
        render_kw={"rows": "3", "dir": "auto"},
    )


class BreakForm(SaidBy, BaseForm):
    """Take a break; without a day it lasts until somebody goes on."""

    until = DateField(_l("Day on which it goes on"), validators=[Optional()])
    seen = HiddenField()
    """What the reader saw of the break, see :func:`tandem.services.tandems.break_seen`."""


class GoOnForm(SaidBy, BaseForm):
    """One button that ends a break."""


class EndForm(SaidBy, BaseForm):
    """End a tandem before its time."""

    reason = OneOfFew(
        _l("Why does it end?"),
        {reason.value: name for reason, name in codes.END_REASONS.items()},
    )
    note = ProseField(
        _l("What should the coordination know?"),
        validators=[_TOO_LONG],
        render_kw={"rows": "3", "dir": "auto"},
    )

    def to_ending(self) -> Ending:
        """Return why it ends; call it on a valid form only."""
        return Ending(reason=EndReason(required(self.reason.data)), note=self.note.data or "")

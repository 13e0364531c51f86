"""What is asked about rounds."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import AnyOf, DataRequired, Length

from tandem.services.rounds import RoundDraft, Supposition
from tandem.web.fields import at_most, filled
from tandem.web.forms import BaseForm, LineField, required

EVERYONE, WAITING = "everyone", "waiting"
PIN, PIN_AND_SOLVE, FORBID = "pin", "pin_and_solve", "forbid"
SET_ASIDE_MENTEE, SET_ASIDE_MENTOR = "set_aside_mentee", "set_aside_mentor"
_LONGEST_KEY = 24
_LONGEST_NAME = 160


class RoundForm(BaseForm):
    """Open a round."""

    name = LineField(_l("Name of the round"), validators=[filled(), at_most(80)])
    who = RadioField(
        _l("Who takes part?"),
        choices=[
            SelectChoice(EVERYONE, _l("Everyone")),
            SelectChoice(WAITING, _l("Mentees who wait")),
        ],
        default=EVERYONE,
        validators=[DataRequired(_l("Please choose one."))],
    )

    def to_draft(self) -> RoundDraft:
        """Return what was entered; call it on a valid form only."""
        return RoundDraft(name=required(self.name.data), waiting_only=self.who.data == WAITING)


class StepForm(BaseForm):
    """One button that takes a round a step further."""


class FindForm(BaseForm):
    """Look for somebody among the proposals; it only reads, so it needs no token."""

    class Meta:
        """Nothing is changed."""

        csrf = False

    name = LineField(
        _l("Look for a name"),
        validators=[at_most(_LONGEST_NAME)],
        render_kw={"dir": "auto"},
    )


class PairForm(BaseForm):
    """Which two people are meant, by the keys of their addresses."""

    mentor = HiddenField(validators=[filled(), Length(max=_LONGEST_KEY)])
    mentee = HiddenField(validators=[filled(), Length(max=_LONGEST_KEY)])


class AdjustForm(PairForm):
    """Pin or rule out a pair, or set one of the two aside; the button says which."""

    kind = HiddenField(
        validators=[
            AnyOf((PIN, PIN_AND_SOLVE, FORBID, SET_ASIDE_MENTEE, SET_ASIDE_MENTOR)),
        ]
    )
    reason = LineField(_l("Why?"), validators=[at_most(200)])
    proposal = HiddenField(validators=[Length(max=_LONGEST_KEY)])
    page = HiddenField(validators=[Length(max=6)])
    name = HiddenField(validators=[Length(max=_LONGEST_NAME)])

    def place(self) -> dict[str, Any]:
        """Return where on the list its reader was, as arguments of the list's address."""
        where = {"open": self.proposal.data, "page": self.page.data, "name": self.name.data}
        return {argument: value for argument, value in where.items() if value}


class SupposeForm(PairForm):
    """Try something that is not so."""

    kind = HiddenField(validators=[filled(), Length(max=40)])

    def to_supposition(self) -> Supposition:
        """Return what is supposed; call it on a valid form only."""
        return Supposition(
            kind=required(self.kind.data),
            mentor_key=required(self.mentor.data),
            mentee_key=required(self.mentee.data),
        )


class UndoForm(BaseForm):
    """Take an adjustment back."""

    adjustment = HiddenField(validators=[filled(), Length(max=_LONGEST_KEY)])


class TrialForm(BaseForm):
    """Take a trial or lay it aside: the one that its reader saw."""

    number = HiddenField(validators=[filled(), Length(max=9)])

    def seen_number(self) -> int:
        """Return the trial that the reader saw; 0 where it was tampered with."""
        text = self.number.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0

"""Questions to each side: while a tandem runs, and once it has ended."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import Addressed, Base, InProgramme, bounded, same_programme
from tandem.models.guards import keep, life
from tandem.models.profiles import Side
from tandem.models.tandems import Tandem


class CheckInState(Enum):
    """The life of a check-in."""

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"


CHECK_IN_MOVES = {
    CheckInState.OPEN: {CheckInState.ANSWERED, CheckInState.LAPSED},
    CheckInState.ANSWERED: set[CheckInState](),
    CheckInState.LAPSED: {CheckInState.ANSWERED},
}


def _scale(column: str) -> sa.CheckConstraint:
    """Return the check that an answer lies between 1, not at all, and 5, very much."""
    return sa.CheckConstraint(f"{column} BETWEEN 1 AND 5", name=f"{column}_range")


class CheckIn(Addressed, InProgramme, Base):
    """Four questions to one side at a set time; the answers are for the coordinators alone."""

    __tablename__ = "check_ins"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        sa.UniqueConstraint("tandem_id", "side", "number"),
        sa.CheckConstraint(
            "state <> 'answered' OR (answered_at IS NOT NULL AND going IS NOT NULL)",
            name="was_answered",
        ),
        sa.CheckConstraint("number >= 1", name="number_range"),
        _scale("going"),
        _scale("helping"),
        _scale("alike"),
        bounded("remark", 1000),
        sa.Index("ix_check_ins_programme_id_state", "programme_id", "state"),
    )

    tandem_id: Mapped[int]
    side: Mapped[Side]
    number: Mapped[int]
    state: Mapped[CheckInState] = mapped_column(default=CheckInState.OPEN)
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]
    going: Mapped[int | None]
    """How it is going, 1 to 5."""
    helping: Mapped[int | None]
    """Whether the meetings help, 1 to 5."""
    alike: Mapped[int | None]
    """How alike the two feel in what matters to them, 1 to 5."""
    wants_call: Mapped[bool | None]
    """Whether the coordination is to call."""
    remark: Mapped[str] = mapped_column(sa.String(1000), default="")
    attended_at: Mapped[datetime | None]
    """When a coordinator took care of the answers."""
    attended_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="RESTRICT")
    )

    tandem: Mapped[Tandem] = relationship(viewonly=True)


class Again(Enum):
    """Whether somebody would take part once more."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class Survey(Addressed, InProgramme, Base):
    """The questions to one side when a tandem has ended."""

    __tablename__ = "surveys"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        sa.UniqueConstraint("tandem_id", "side"),
        sa.CheckConstraint("answered_at IS NULL OR satisfied IS NOT NULL", name="was_answered"),
        _scale("satisfied"),
        _scale("reached"),
        _scale("supported"),
        bounded("remark", 1000),
    )

    tandem_id: Mapped[int]
    side: Mapped[Side]
    answered_at: Mapped[datetime | None]
    satisfied: Mapped[int | None]
    """How content they are with the tandem as a whole, 1 to 5."""
    reached: Mapped[int | None]
    """How far they reached what they wanted, 1 to 5."""
    supported: Mapped[int | None]
    """How well the coordination supported them, 1 to 5."""
    again: Mapped[Again | None]
    """A mentor: whether they would go again; a mentee: whether they would become a mentor."""
    remark: Mapped[str] = mapped_column(sa.String(1000), default="")
    attended_at: Mapped[datetime | None]
    """When a coordinator took up what was said of the future."""

    tandem: Mapped[Tandem] = relationship(viewonly=True)


keep(CheckIn.__table__, *life("check_ins", CHECK_IN_MOVES, first={CheckInState.OPEN}))

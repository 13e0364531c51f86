"""Tandems: from the invitation of both sides to the end of their time together."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import (
    Addressed,
    Base,
    InProgramme,
    bounded,
    one_programme,
    same_programme,
)
from tandem.models.guards import keep, life
from tandem.models.people import Mentee, Mentor
from tandem.models.profiles import Side
from tandem.models.proposals import Decision, Verdict
from tandem.work import Claimable


class TandemState(Enum):
    """The life of a tandem."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class EndReason(Enum):
    """Why a tandem ended before its time; nobody's fault."""

    FOUND_WORK = "found_work"
    NO_TIME = "no_time"
    MOVED = "moved"
    NO_CONTACT = "no_contact"
    DID_NOT_FIT = "did_not_fit"
    PERSONAL = "personal"
    OTHER = "other"


TANDEM_MOVES = {
    TandemState.INVITED: {
        TandemState.ACTIVE,
        TandemState.DECLINED,
        TandemState.EXPIRED,
        TandemState.WITHDRAWN,
    },
    TandemState.ACTIVE: {TandemState.COMPLETED, TandemState.ENDED_EARLY, TandemState.PAUSED},
    TandemState.PAUSED: {TandemState.ACTIVE, TandemState.ENDED_EARLY},
    TandemState.COMPLETED: set[TandemState](),
    TandemState.ENDED_EARLY: set[TandemState](),
    TandemState.DECLINED: set[TandemState](),
    TandemState.EXPIRED: set[TandemState](),
    TandemState.WITHDRAWN: set[TandemState](),
}
RUNNING = (TandemState.ACTIVE, TandemState.PAUSED)
"""The states of tandems that have begun and are not over."""
LIVE = (TandemState.INVITED, *RUNNING)
"""The states that take a place."""
_LIVE_SQL = "state IN ('active', 'invited', 'paused')"
_BOTH_YES = "mentor_yes_at IS NOT NULL AND mentee_yes_at IS NOT NULL"


class Tandem(Addressed, InProgramme, Claimable, Base):
    """A mentor and a mentee whom a coordinator brought together.

    A mentor's places are numbered. ``capacity`` follows the mentor's own through the foreign
    key, so that the database itself refuses a place beyond it, and a mentor's last place
    cannot be taken twice.
    """

    __tablename__ = "tandems"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["programme_id", "decision_id", "mentor_id", "mentee_id", "verdict"],
            [
                "decisions.programme_id",
                "decisions.id",
                "decisions.mentor_id",
                "decisions.mentee_id",
                "decisions.verdict",
            ],
            ondelete="RESTRICT",
            name="fk_tandems_decision",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id", "capacity"],
            ["mentors.programme_id", "mentors.id", "mentors.capacity"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
            name="fk_tandems_capacity",
        ),
        same_programme("mentee_id", "mentees"),
        one_programme(),
        sa.UniqueConstraint("decision_id"),
        sa.CheckConstraint("verdict = 'confirmed'", name="was_confirmed"),
        sa.CheckConstraint(
            f"slot >= 1 AND (slot <= capacity OR NOT {_LIVE_SQL})", name="within_capacity"
        ),
        sa.CheckConstraint(
            f"state NOT IN ('active', 'paused', 'completed', 'ended_early') OR ({_BOTH_YES})",
            name="both_said_yes",
        ),
        sa.Index(
            "uq_tandems_mentee_id",
            "mentee_id",
            unique=True,
            sqlite_where=sa.text(_LIVE_SQL),
            postgresql_where=sa.text(_LIVE_SQL),
        ),
        sa.Index(
            "uq_tandems_mentor_id_slot",
            "mentor_id",
            "slot",
            unique=True,
            sqlite_where=sa.text(_LIVE_SQL),
            postgresql_where=sa.text(_LIVE_SQL),
        ),
        sa.Index("ix_tandems_due_at", "due_at"),
        sa.Index("ix_tandems_programme_id_state", "programme_id", "state"),
        bounded("decline_reason", 500),
        bounded("end_note", 500),
        sa.CheckConstraint(
            "state <> 'ended_early' OR end_reason IS NOT NULL", name="end_has_reason"
        ),
    )

    decision_id: Mapped[int]
    mentor_id: Mapped[int]
    mentee_id: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.CONFIRMED)
    capacity: Mapped[int]
    slot: Mapped[int]
    state: Mapped[TandemState] = mapped_column(default=TandemState.INVITED)
    expires_at: Mapped[datetime]
    """Until when both are asked."""
    mentor_yes_at: Mapped[datetime | None]
    mentee_yes_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    """Until when both want to be left in peace; none: until somebody says so.

    Once a tandem goes on: since when it does.
    """
    end_reason: Mapped[EndReason | None]
    ended_by: Mapped[Side | None]
    """Which side ended it early; none: a coordinator, or nobody."""
    end_note: Mapped[str] = mapped_column(sa.String(500), default="")
    """What was said about an early end, for the coordinators alone."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    decision: Mapped[Decision] = relationship(viewonly=True)
    mentor: Mapped[Mentor] = relationship(
        viewonly=True, primaryjoin="Tandem.mentor_id == Mentor.id", foreign_keys="Tandem.mentor_id"
    )
    mentee: Mapped[Mentee] = relationship(
        viewonly=True, primaryjoin="Tandem.mentee_id == Mentee.id", foreign_keys="Tandem.mentee_id"
    )

    @property
    def is_live(self) -> bool:
        """Whether it takes a place."""
        return self.state in LIVE

    @property
    def shows_contact_data(self) -> bool:
        """Whether both have said yes, so that each may know how to reach the other."""
        return self.started_at is not None


keep(Tandem.__table__, *life("tandems", TANDEM_MOVES, first={TandemState.INVITED}))

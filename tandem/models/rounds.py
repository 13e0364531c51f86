"""Rounds: runs of the matching over a frozen snapshot of profiles and a policy version."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import (
    Addressed,
    Base,
    InProgramme,
    bounded,
    new_key,
    one_programme,
    same_programme,
)
from tandem.models.guards import frozen, keep, life
from tandem.models.policies import PolicyVersion
from tandem.models.profiles import Profile, Side
from tandem.work import Claimable


class RoundState(Enum):
    """The life of a round."""

    PREPARING = "preparing"
    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    ASKING = "asking"
    CANCELLED = "cancelled"
    FAILED = "failed"
    CLOSED = "closed"


ROUND_MOVES = {
    RoundState.PREPARING: {RoundState.QUEUED, RoundState.CLOSED},
    RoundState.QUEUED: {RoundState.RUNNING, RoundState.CANCELLED},
    RoundState.RUNNING: {RoundState.READY, RoundState.CANCELLED, RoundState.FAILED},
    RoundState.READY: {RoundState.ASKING, RoundState.QUEUED, RoundState.CLOSED},
    RoundState.ASKING: {RoundState.READY},
    RoundState.CANCELLED: {RoundState.QUEUED, RoundState.CLOSED},
    RoundState.FAILED: {RoundState.QUEUED, RoundState.CLOSED},
    RoundState.CLOSED: set[RoundState](),
}
_NOT_CLOSED = sa.text("state <> 'closed'")


class Round(Addressed, InProgramme, Claimable, Base):
    """One round of a programme; at most one is not closed."""

    __tablename__ = "rounds"
    __table_args__ = (
        one_programme(),
        bounded("name", 80, shortest=1),
        sa.CheckConstraint("done >= 0 AND done <= total", name="progress_range"),
        sa.Index(
            "uq_rounds_programme_id",
            "programme_id",
            unique=True,
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
        sa.Index("ix_rounds_due_at", "due_at"),
    )

    name: Mapped[str] = mapped_column(sa.String(80))
    state: Mapped[RoundState] = mapped_column(default=RoundState.PREPARING)
    step: Mapped[str] = mapped_column(sa.String(40), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    waiting_only: Mapped[bool] = mapped_column(default=False)
    """Whether only mentees take part whom an earlier round left without a tandem."""
    asks_until: Mapped[datetime | None]
    """Until when mentees may rank their short lists; none while nobody was asked."""
    closed_at: Mapped[datetime | None]

    snapshots: Mapped[list["Snapshot"]] = relationship(
        back_populates="round", order_by="Snapshot.number", viewonly=True
    )

    @property
    def is_asking(self) -> bool:
        """Whether mentees are ranking their short lists."""
        return self.state is RoundState.ASKING

    @property
    def is_solving(self) -> bool:
        """Whether the worker has it, or is about to."""
        return self.state in {RoundState.QUEUED, RoundState.RUNNING}

    @property
    def can_be_solved(self) -> bool:
        """Whether solving may (again) be asked for."""
        return RoundState.QUEUED in ROUND_MOVES[self.state]

    @property
    def can_be_closed(self) -> bool:
        """Whether the round may end now."""
        return RoundState.CLOSED in ROUND_MOVES[self.state]


class Snapshot(InProgramme, Base):
    """What one solving of a round was given, frozen, and what came of it.

    People stand in it under random keys that mean nothing elsewhere; the link to a person
    is a row of :class:`SnapshotPerson` and can be cut.
    """

    __tablename__ = "snapshots"
    __table_args__ = (
        same_programme("round_id", "rounds"),
        same_programme("policy_version_id", "policy_versions"),
        one_programme(),
        sa.UniqueConstraint("programme_id", "id", "round_id"),
        sa.UniqueConstraint("round_id", "number"),
    )

    round_id: Mapped[int]
    policy_version_id: Mapped[int]
    number: Mapped[int]
    seed: Mapped[int]
    engine: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[dict[str, Any]]
    """The engine's input: mentors, mentees, pinned, forbidden and running pairs."""
    result: Mapped[dict[str, Any] | None]
    """The engine's whole answer; none while it has not been solved."""
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    solved_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    """When its result became the round's proposals; none for a trial."""
    dropped_at: Mapped[datetime | None]
    """When a trial was laid aside."""
    hypothetical: Mapped[bool] = mapped_column(default=False)
    """Whether it supposes something that is not so, such as one place more: it cannot be taken."""
    insights: Mapped[dict[str, Any] | None]
    """What was worked out about a result once it was taken: stability, groups, whom to look for."""

    round: Mapped[Round] = relationship(viewonly=True)
    policy_version: Mapped[PolicyVersion] = relationship(viewonly=True)
    people: Mapped[list["SnapshotPerson"]] = relationship(
        order_by="SnapshotPerson.id", viewonly=True
    )

    @property
    def is_pending(self) -> bool:
        """Whether it is a solved trial about which nobody has decided yet."""
        return self.solved_at is not None and self.taken_at is None and self.dropped_at is None


class SnapshotPerson(InProgramme, Base):
    """Who stands in a snapshot under which random key."""

    __tablename__ = "snapshot_people"
    __table_args__ = (
        same_programme("snapshot_id", "snapshots", ondelete="CASCADE"),
        same_programme("profile_id", "profile_versions"),
        sa.UniqueConstraint("snapshot_id", "key"),
    )

    snapshot_id: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(24), default=new_key)
    side: Mapped[Side]
    profile_id: Mapped[int | None]
    """None once the person was erased."""

    profile: Mapped[Profile | None] = relationship(viewonly=True)


keep(Round.__table__, *life("rounds", ROUND_MOVES, first={RoundState.PREPARING}))
keep(
    Snapshot.__table__,
    frozen("snapshots", "round_id", "policy_version_id", "number", "seed", "engine", "content"),
)

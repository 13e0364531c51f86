"""What coordinators decide about a round before it solves again: pins, bans, people set aside."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Addressed, Base, InProgramme, bounded, one_programme, same_programme
from tandem.models.guards import frozen, keep
from tandem.models.people import Mentee, Mentor


class AdjustmentKind(Enum):
    """What an adjustment asks of the next solving."""

    PIN = "pin"
    FORBID = "forbid"
    SET_ASIDE = "set_aside"


def _once(name: str, kind: str, *columns: str) -> sa.Index:
    """Return the index that lets nothing be in force twice in one round."""
    where = sa.text(f"undone_at IS NULL AND kind = '{kind}'")
    return sa.Index(
        f"uq_adjustments_{name}",
        "round_id",
        *columns,
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


class Adjustment(Addressed, InProgramme, Base):
    """One thing that a named coordinator wants the round to respect; it can be undone, not edited.

    A pin and a ban name a mentor and a mentee, setting aside names one person.
    """

    __tablename__ = "adjustments"
    __table_args__ = (
        same_programme("round_id", "rounds"),
        same_programme("mentor_id", "mentors"),
        same_programme("mentee_id", "mentees"),
        one_programme(),
        sa.CheckConstraint(
            "CASE kind WHEN 'set_aside' THEN (mentor_id IS NULL) <> (mentee_id IS NULL)"
            " ELSE mentor_id IS NOT NULL AND mentee_id IS NOT NULL END",
            name="who_is_meant",
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"
        ),
        _once("pinned_mentee", "pin", "mentee_id"),
        _once("forbidden_pair", "forbid", "mentor_id", "mentee_id"),
        _once("mentor_set_aside", "set_aside", "mentor_id"),
        _once("mentee_set_aside", "set_aside", "mentee_id"),
        bounded("reason", 200),
    )

    round_id: Mapped[int]
    kind: Mapped[AdjustmentKind]
    mentor_id: Mapped[int | None]
    mentee_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="RESTRICT")
    )

    account: Mapped[Account] = relationship(foreign_keys=account_id)
    mentor: Mapped[Mentor | None] = relationship(
        viewonly=True,
        primaryjoin="Adjustment.mentor_id == Mentor.id",
        foreign_keys="Adjustment.mentor_id",
    )
    mentee: Mapped[Mentee | None] = relationship(
        viewonly=True,
        primaryjoin="Adjustment.mentee_id == Mentee.id",
        foreign_keys="Adjustment.mentee_id",
    )


keep(
    Adjustment.__table__,
    frozen("adjustments", "round_id", "kind", "mentor_id", "mentee_id", "reason", "account_id"),
)

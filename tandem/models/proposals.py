"""Proposals of a round, and the decision that a coordinator takes on each."""

from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import (
    Addressed,
    Base,
    InProgramme,
    bounded,
    one_programme,
    same_programme,
)
from tandem.models.guards import frozen, keep, lasting, life
from tandem.models.people import Mentee, Mentor
from tandem.models.profiles import Profile
from tandem.models.rounds import Round, Snapshot


class ProposalState(Enum):
    """The life of a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    STALE = "stale"


PROPOSAL_MOVES = {
    ProposalState.OPEN: {ProposalState.CONFIRMED, ProposalState.REJECTED, ProposalState.STALE},
    ProposalState.CONFIRMED: set[ProposalState](),
    ProposalState.REJECTED: set[ProposalState](),
    ProposalState.STALE: set[ProposalState](),
}


class Proposal(Addressed, InProgramme, Base):
    """A pair that a round proposes, with its reasons and alternatives."""

    __tablename__ = "proposals"
    __table_args__ = (
        same_programme("round_id", "rounds"),
        same_programme("mentor_id", "mentors"),
        same_programme("mentee_id", "mentees"),
        same_programme("mentor_profile_id", "profile_versions"),
        same_programme("mentee_profile_id", "profile_versions"),
        sa.ForeignKeyConstraint(
            ["programme_id", "snapshot_id", "round_id"],
            ["snapshots.programme_id", "snapshots.id", "snapshots.round_id"],
            ondelete="RESTRICT",
        ),
        one_programme(),
        sa.UniqueConstraint("programme_id", "id", "mentor_id", "mentee_id"),
        sa.UniqueConstraint("snapshot_id", "mentee_id"),
        sa.Index("ix_proposals_round_id_state", "round_id", "state"),
        sa.Index("ix_proposals_mentor_id", "mentor_id"),
        sa.Index("ix_proposals_mentee_id", "mentee_id"),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name="score_range"),
    )

    round_id: Mapped[int]
    snapshot_id: Mapped[int]
    mentor_id: Mapped[int]
    mentee_id: Mapped[int]
    mentor_profile_id: Mapped[int]
    mentee_profile_id: Mapped[int]
    score: Mapped[int]
    parts: Mapped[dict[str, Any]]
    """Criterion to points; they sum to the score."""
    facts: Mapped[list[Any]]
    """Codes and values from which pages make the sentences that say why."""
    alternatives: Mapped[list[Any]]
    """Other mentors for this mentee, by the keys of the snapshot, each with its exact cost."""
    margin: Mapped[int | None]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    round: Mapped[Round] = relationship(viewonly=True)
    snapshot: Mapped[Snapshot] = relationship(viewonly=True)
    mentor: Mapped[Mentor] = relationship(viewonly=True)
    mentee: Mapped[Mentee] = relationship(viewonly=True)
    mentor_profile: Mapped[Profile] = relationship(
        viewonly=True,
        primaryjoin="Proposal.mentor_profile_id == Profile.id",
        foreign_keys="Proposal.mentor_profile_id",
    )
    mentee_profile: Mapped[Profile] = relationship(
        viewonly=True,
        primaryjoin="Proposal.mentee_profile_id == Profile.id",
        foreign_keys="Proposal.mentee_profile_id",
    )
    decision: Mapped["Decision | None"] = relationship(viewonly=True, back_populates="proposal")


class Verdict(Enum):
    """What a coordinator decided."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Decision(InProgramme, Base):
    """A named coordinator confirmed or rejected one proposal, and said why."""

    __tablename__ = "decisions"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["programme_id", "proposal_id", "mentor_id", "mentee_id"],
            [
                "proposals.programme_id",
                "proposals.id",
                "proposals.mentor_id",
                "proposals.mentee_id",
            ],
            ondelete="RESTRICT",
        ),
        sa.UniqueConstraint("proposal_id"),
        sa.UniqueConstraint("programme_id", "id", "mentor_id", "mentee_id", "verdict"),
        bounded("reason", 500, shortest=1),
    )

    proposal_id: Mapped[int]
    mentor_id: Mapped[int]
    mentee_id: Mapped[int]
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(sa.String(500))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))

    proposal: Mapped[Proposal] = relationship(viewonly=True, back_populates="decision")
    account: Mapped[Account] = relationship()


keep(Proposal.__table__, *life("proposals", PROPOSAL_MOVES, first={ProposalState.OPEN}))
keep(Decision.__table__, frozen("decisions"), lasting("decisions"))

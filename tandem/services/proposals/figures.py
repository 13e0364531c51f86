"""How people decided in a round: how often other than proposed, and how long they took (H2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem.models import (
    Adjustment,
    AdjustmentKind,
    Decision,
    Look,
    Proposal,
    Round,
    Snapshot,
    Verdict,
)

LONGEST_SECONDS = 30 * 60
"""What one decision is taken to last at most: the page may have stayed open over lunch."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What became of the proposals on which somebody has decided."""

    decided: int
    rejected: int
    pinned: int
    """How many were confirmed that only a coordinator's pin had brought up."""
    timed: int
    """Of how many it is known when the person who decided first looked at them."""
    median_seconds: int | None
    """Time from the first look to the decision; none where no look is known."""

    @property
    def overridden(self) -> int:
        """How many were decided other than the engine proposed."""
        return self.rejected + self.pinned

    @property
    def overridden_per_cent(self) -> int:
        """The share of overrides."""
        return round(100 * self.overridden / self.decided) if self.decided else 0


def get_figures(session: Session, round_: Round) -> Figures:
    """Return the figures of a round's decisions so far."""
    rows = session.execute(_query(round_)).all()
    seconds = [
        min((row.decided_at - row.looked_at).total_seconds(), LONGEST_SECONDS)
        for row in rows
        if row.looked_at is not None
    ]
    return Figures(
        decided=len(rows),
        rejected=_count(rows, Verdict.REJECTED),
        pinned=sum(row.verdict is Verdict.CONFIRMED and row.pinned for row in rows),
        timed=len(seconds),
        median_seconds=round(median(seconds)) if seconds else None,
    )


def _count(rows: Sequence[sa.Row[*tuple[Any, ...]]], verdict: Verdict) -> int:
    return sum(row.verdict is verdict for row in rows)


def _query(round_: Round) -> sa.Select[*tuple[Any, ...]]:
    looked_at = (
        sa.select(sa.func.min(Look.created_at))
        .where(
            Look.programme_id == Decision.programme_id,
            Look.proposal_id == Decision.proposal_id,
            Look.account_id == Decision.account_id,
            Look.created_at <= Decision.created_at,
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            Decision.verdict,
            Decision.created_at.label("decided_at"),
            looked_at.label("looked_at"),
            _only_pinned().label("pinned"),
        )
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Snapshot, Snapshot.id == Proposal.snapshot_id)
        .where(Proposal.programme_id == round_.programme_id, Proposal.round_id == round_.id)
        .order_by(Decision.id)
    )


def _only_pinned() -> sa.ColumnElement[bool]:
    """Whether a pin was in force when the pair was proposed, and nothing proposed it before."""
    earlier = aliased(Proposal)
    proposed_before = sa.exists().where(
        earlier.programme_id == Proposal.programme_id,
        earlier.round_id == Proposal.round_id,
        earlier.mentor_id == Proposal.mentor_id,
        earlier.mentee_id == Proposal.mentee_id,
        earlier.created_at < Adjustment.created_at,
    )
    return sa.exists().where(
        Adjustment.programme_id == Proposal.programme_id,
        Adjustment.round_id == Proposal.round_id,
        Adjustment.kind == AdjustmentKind.PIN,
        Adjustment.mentor_id == Proposal.mentor_id,
        Adjustment.mentee_id == Proposal.mentee_id,
        Adjustment.created_at <= Snapshot.created_at,
        sa.or_(Adjustment.undone_at.is_(None), Adjustment.undone_at > Snapshot.created_at),
        ~proposed_before,
    )

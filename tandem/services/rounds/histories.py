"""What a round, and those before it, say about people besides their profiles."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    Decision,
    Profile,
    Programme,
    Proposal,
    Round,
    RoundState,
    Side,
    Snapshot,
    SnapshotPerson,
    Tandem,
    TandemState,
)

_NEVER_BEGAN = (TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class History:
    """What counts for taking part besides account, profile and tandems; by ids of people."""

    waited: Mapping[int, int] = field(default_factory=dict)
    """Mentee to the number of closed rounds that left them without a tandem."""
    were_in: Mapping[Side, Set[int]] = field(default_factory=dict)
    """Who stood in the snapshot whose result the round goes by; nothing before there is one."""
    waiting_only: bool = False
    """Whether the round is only for mentees who have waited before."""


def get_history(
    session: Session, programme: Programme, round_: Round | None, *, compared: bool
) -> History:
    """Return what earlier rounds and, if one is given, this round say about people."""
    waited = {mentee or 0: number for mentee, number in session.execute(_waits(programme))}
    if round_ is None:
        return History(waited=waited)
    return History(
        waited=waited,
        were_in=_were_in(session, round_) if compared else {},
        waiting_only=round_.waiting_only,
    )


def list_waits(session: Session, programme: Programme, snapshot: Snapshot) -> Mapping[str, int]:
    """Return how many closed rounds left mentees of a snapshot without a tandem, by their keys."""
    waited = _waits(programme).subquery()
    query = (
        sa.select(SnapshotPerson.key, waited.c.rounds)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .join(waited, waited.c.mentee_id == Profile.mentee_id)
        .where(
            SnapshotPerson.programme_id == programme.id,
            SnapshotPerson.snapshot_id == snapshot.id,
        )
        .order_by(SnapshotPerson.id)
    )
    return {row.key: row.rounds for row in session.execute(query)}


def _waits(programme: Programme) -> sa.Select[int | None, int]:
    placed = (
        sa.select(Proposal.round_id, Proposal.mentee_id)
        .join(Decision, Decision.proposal_id == Proposal.id)
        .join(Tandem, Tandem.decision_id == Decision.id)
        .where(Proposal.programme_id == programme.id, Tandem.state.not_in(_NEVER_BEGAN))
        .distinct()
        .subquery()
    )
    return (
        sa.select(Profile.mentee_id, sa.func.count(Round.id.distinct()).label("rounds"))
        .select_from(Round)
        .join(Snapshot, Snapshot.round_id == Round.id)
        .join(SnapshotPerson, SnapshotPerson.snapshot_id == Snapshot.id)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .outerjoin(
            placed,
            (placed.c.round_id == Round.id) & (placed.c.mentee_id == Profile.mentee_id),
        )
        .where(
            Round.programme_id == programme.id,
            Round.state == RoundState.CLOSED,
            Snapshot.taken_at.is_not(None),
            Profile.mentee_id.is_not(None),
            placed.c.mentee_id.is_(None),
        )
        .group_by(Profile.mentee_id)
        .order_by(Profile.mentee_id)
    )


def _were_in(session: Session, round_: Round) -> Mapping[Side, Set[int]]:
    last = (
        sa.select(sa.func.max(Snapshot.id))
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.taken_at.is_not(None),
        )
        .scalar_subquery()
    )
    query = (
        sa.select(Profile.mentor_id, Profile.mentee_id)
        .join(SnapshotPerson, SnapshotPerson.profile_id == Profile.id)
        .where(
            SnapshotPerson.programme_id == round_.programme_id,
            SnapshotPerson.snapshot_id == last,
        )
        .order_by(Profile.id)
    )
    rows = session.execute(query).all()
    found = {
        Side.MENTOR: {mentor for mentor, _ in rows if mentor is not None},
        Side.MENTEE: {mentee for _, mentee in rows if mentee is not None},
    }
    return found if rows else {}

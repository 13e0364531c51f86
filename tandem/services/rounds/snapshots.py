"""Freezing what a round is given, and asking for it to be solved."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Programme, Round, RoundState, Snapshot, SnapshotPerson
from tandem.services import audit, policies
from tandem.services.matchmaking.rounds import ENGINE
from tandem.services.programmes import take_turns
from tandem.services.rounds.candidates import find_candidates
from tandem.services.rounds.contents import describe, draw_keys
from tandem.services.rounds.life import hold_round

_SEEDS = 2**31


class AlreadySolving(Conflict):
    """Somebody asked for this before; it is on its way."""


class NobodyToMatch(Conflict):
    """One side is empty, so there is nothing to solve."""


def request_solving(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Freeze who takes part and with what policy, and queue the round for the worker.

    Open proposals of an earlier solving stay until the new result is there.

    Raises
    ------
    AlreadySolving
        If it is queued or running; nothing is done twice.
    NobodyToMatch
        If there is no mentor or no mentee.
    Conflict
        If the round is closed, or people are being asked about it.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, key, programme=programme, actor=actor)
        if round_.is_solving:
            raise AlreadySolving
        if not round_.can_be_solved:
            raise Conflict
        snapshot = _freeze(session, round_, programme=programme)
        round_.state = RoundState.QUEUED
        round_.step, round_.done, round_.total = "", 0, 0
        round_.schedule(now())
        audit.record(
            session, "request_round", round_, actor=actor, details={"snapshot": snapshot.number}
        )
    return round_


def solved_snapshot(session: Session, round_: Round) -> Snapshot | None:
    """Return the round's last snapshot whose result was taken, without the engine's input."""
    query = (
        sa.select(Snapshot)
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.taken_at.is_not(None),
        )
        .options(defer(Snapshot.content), joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _freeze(session: Session, round_: Round, *, programme: Programme) -> Snapshot:
    candidates = find_candidates(session, programme)
    if not candidates.can_be_matched:
        raise NobodyToMatch
    keys = draw_keys(candidates)
    snapshot = Snapshot(
        programme_id=programme.id,
        round_id=round_.id,
        policy_version_id=policies.current(session, programme).id,
        number=_next_number(session, round_),
        seed=secrets.randbelow(_SEEDS),
        engine=ENGINE,
        content=describe(session, round_, candidates, keys=keys),
    )
    session.add(snapshot)
    session.flush()
    for side, people in ((keys.mentors, candidates.mentors), (keys.mentees, candidates.mentees)):
        for person in people:
            session.add(
                SnapshotPerson(
                    programme_id=programme.id,
                    snapshot_id=snapshot.id,
                    key=side[person.person_id],
                    side=person.side,
                    profile_id=person.profile_id,
                )
            )
    return snapshot


def _next_number(session: Session, round_: Round) -> int:
    last = sa.select(sa.func.max(Snapshot.number)).where(
        Snapshot.programme_id == round_.programme_id, Snapshot.round_id == round_.id
    )
    return (session.scalar(last) or 0) + 1

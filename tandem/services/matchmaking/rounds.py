"""Rounds as work: begin behind a claim, solve apart from the database, publish at once."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Round, RoundState, Snapshot
from tandem.services import audit
from tandem.services.matchmaking.proposing import (
    rest,
    solved_snapshot,
    take_result,
)
from tandem.services.matchmaking.solving import (
    ENGINE,
    NotSolved,
    Progress,
    Task,
    default_policy,
    solve,
)
from tandem.services.programmes import take_turns
from tandem.work import Claim, held

__all__ = [
    "ENGINE",
    "NotSolved",
    "Progress",
    "Task",
    "begin",
    "default_policy",
    "fail",
    "give_back",
    "publish",
    "report",
    "solve",
]

_LONGEST_STEP = 40
_LONGEST_PROBLEM = 200


def begin(session: Session, claim: Claim[Round], *, most_attempts: int) -> Task | None:
    """Say that a claimed round is being solved, and return what the engine needs.

    A round that was begun too often without an end fails, and there is nothing to do.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        round_.state = RoundState.RUNNING
        if round_.attempts > most_attempts:
            session.flush()
            _give_up(session, round_, "too_many_attempts")
            return None
        return _task(_latest(session, round_))


def report(session: Session, claim: Claim[Round], *progress: *tuple[str, int, int]) -> None:
    """Write down how far solving has come: in which step, and how much of how much is done.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        step, done, total = progress
        round_.step, round_.total = step[:_LONGEST_STEP], max(total, 0)
        round_.done = min(max(done, 0), round_.total)


def publish(session: Session, claim: Claim[Round], result: dict[str, Any]) -> None:
    """Write a result down: result, state and end of the claim at once.

    The first result of a round becomes the one it goes by; a later one is a trial, which
    waits for a coordinator to take it.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        take_turns(session, session.get_one(Round, claim.id).programme_id)
        round_ = held(session, claim)
        snapshot = _latest(session, round_)
        snapshot.digest, snapshot.solved_at = result["digest"], now()
        details = {"snapshot": snapshot.number, "tandems": result["tandems"]}
        if solved_snapshot(session, round_) is None:
            take_result(session, round_, snapshot, result=result)
        else:
            snapshot.result = result
        round_.state = RoundState.READY
        rest(session, round_)
        audit.record(session, "solve_round", round_, actor=None, details=details)


def fail(session: Session, claim: Claim[Round], problem: str) -> None:
    """Say that solving did not end well; ``problem`` is a code for those who look after it.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        if round_.state is RoundState.QUEUED:
            round_.state = RoundState.RUNNING
            session.flush()
        _give_up(session, round_, problem)


def give_back(session: Session, claim: Claim[Round]) -> None:
    """Put a round off whose solver died; it is tried again a little later.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        held(session, claim).put_off(now())


def _give_up(session: Session, round_: Round, problem: str) -> None:
    round_.state = RoundState.FAILED
    round_.schedule(None)
    details: dict[str, int | str] = {"problem": problem[:_LONGEST_PROBLEM]}
    audit.record(session, "fail_round", round_, actor=None, details=details)


def _task(snapshot: Snapshot) -> Task:
    return {
        "kind": "solve",
        "content": snapshot.content,
        "policy": snapshot.policy_version.content,
        "seed": snapshot.seed,
    }


def _latest(session: Session, round_: Round) -> Snapshot:
    query = (
        sa.select(Snapshot)
        .where(Snapshot.programme_id == round_.programme_id, Snapshot.round_id == round_.id)
        .options(joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one()

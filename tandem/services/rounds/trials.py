"""Solving a round, again and again: what somebody asks to be tried."""

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import (
    Account,
    Adjustment,
    PolicyVersion,
    Programme,
    Round,
    RoundState,
)
from tandem.services import audit, policies
from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.programmes import take_turns
from tandem.services.rounds.adjustments import pin
from tandem.services.rounds.life import drop_trials, hold_round
from tandem.services.rounds.settling import let_go, pending
from tandem.services.rounds.snapshots import Supposition, freeze, policy_of


class AlreadySolving(Conflict):
    """Somebody asked for this before; it is on its way."""


def request_solving(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Have the worker solve a round as things are now; see :func:`request_trial`."""
    return request_trial(session, key, programme=programme, actor=actor)


def request_trial(
    session: Session,
    round_key: str,
    *,
    programme: Programme,
    actor: Account,
    policy: str | None = None,
    suppose: Supposition | None = None,
    tried: Adjustment | None = None,
) -> Round:
    """Freeze who takes part and with what policy, and queue the round for the worker.

    The first result of a round is taken at once. Every further one is a trial: what the round
    goes by stays until somebody takes the trial. A trial that waits is laid aside for it.

    Parameters
    ----------
    policy : str, optional
        A policy as TOML that is not in force, to be tried in this round.
    suppose : Supposition, optional
        Something that is not so; such a trial can only be looked at.
    tried : Adjustment, optional
        A pin that goes when the trial is laid aside.

    Raises
    ------
    AlreadySolving
        If it is queued or running; nothing is done twice.
    NobodyToMatch
        If there is no mentor or no mentee.
    Contradiction
        If what is supposed cannot be.
    policies.PolicyRefused
        If the policy is none.
    Conflict
        If the round is closed, people are being asked about it, or something is supposed
        before there is a result.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        if round_.is_solving:
            raise AlreadySolving
        if not round_.can_be_solved or (suppose and not solved_snapshot(session, round_)):
            raise Conflict
        solve_again(
            session,
            round_,
            programme=programme,
            actor=actor,
            policy=policy,
            suppose=suppose,
            tried=tried,
        )
    return round_


def try_pair(
    session: Session,
    round_key: str,
    *,
    mentor_key: str,
    mentee_key: str,
    reason: str = "",
    programme: Programme,
    actor: Account,
) -> Adjustment:
    """Pin a pair and solve again, to see what comes of it: laid aside, the pin is undone.

    So is the pin of a pair that was tried before and waits.

    Raises
    ------
    Contradiction
        If the pair cannot be, as things are.
    AlreadySolving, NobodyToMatch, Conflict
        As for :func:`request_trial`; then nothing is pinned.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        if round_.is_solving:
            raise AlreadySolving
        waiting = pending(session, round_)
        if waiting is not None:
            let_go(session, round_, waiting, programme=programme, actor=actor)
        tried = pin(
            session,
            round_key,
            mentor_key=mentor_key,
            mentee_key=mentee_key,
            reason=reason,
            programme=programme,
            actor=actor,
        )
        session.flush()
        request_trial(session, round_key, programme=programme, actor=actor, tried=tried)
    return tried


def solve_again(
    session: Session,
    round_: Round,
    *,
    programme: Programme,
    actor: Account | None,
    policy: str | None = None,
    suppose: Supposition | None = None,
    tried: Adjustment | None = None,
) -> None:
    """Queue a round that may be solved now; call it with the programme's turn and the round held.

    Without an actor it is the worker, who does what somebody asked for before.

    Raises
    ------
    NobodyToMatch
        If there is no mentor or no mentee.
    """
    drop_trials(session, round_)
    version = _version(session, round_, policy, programme=programme, actor=actor)
    snapshot = freeze(
        session, round_, programme=programme, policy=version, supposed=suppose, tried=tried
    )
    round_.state = RoundState.QUEUED
    round_.step, round_.done, round_.total = "", 0, 0
    round_.schedule(now())
    audit.record(
        session, "request_round", round_, actor=actor, details={"snapshot": snapshot.number}
    )


def _version(
    session: Session,
    round_: Round,
    policy: str | None,
    *,
    programme: Programme,
    actor: Account | None,
) -> PolicyVersion:
    if policy is None:
        return policy_of(session, round_, programme=programme)
    return policies.add_trial(session, policy, programme=programme, actor=actor)

"""What becomes of a trial: it is taken, or laid aside, or called off before it was solved."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Programme, Round, RoundState, Snapshot
from tandem.services import audit
from tandem.services.matchmaking.proposing import be_ready, rest, solved_snapshot, take_result
from tandem.services.programmes import take_turns
from tandem.services.rounds.adjustments import list_adjustments, undo
from tandem.services.rounds.life import drop_trials, hold_round
from tandem.services.rounds.snapshots import as_of


class TrialOver(Conflict):
    """The trial was taken or laid aside before, or another one took its place."""


class TrialOutdated(Conflict):
    """Somebody decided or adjusted something since the trial was asked for: try again."""


def pending(session: Session, round_: Round) -> Snapshot | None:
    """Return the trial about which nobody has decided yet, without its input and its answer."""
    query = (
        sa.select(Snapshot)
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.solved_at.is_not(None),
            Snapshot.taken_at.is_(None),
            Snapshot.dropped_at.is_(None),
        )
        .options(
            defer(Snapshot.content), defer(Snapshot.result), joinedload(Snapshot.policy_version)
        )
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def is_outdated(session: Session, round_: Round, trial: Snapshot) -> bool:
    """Whether coordinators decided or adjusted something since a trial was asked for."""
    known = sa.select(Snapshot.content["as_of"]).where(
        Snapshot.programme_id == trial.programme_id, Snapshot.id == trial.id
    )
    return bool(session.scalar(known) != as_of(session, round_))


def take(
    session: Session,
    round_key: str,
    *,
    snapshot_number: int,
    programme: Programme,
    actor: Account,
) -> Snapshot:
    """Make a trial the result that the round goes by: its proposals replace the open ones.

    Proposals of people who changed, left or were taken meanwhile are stale from the start.

    Raises
    ------
    TrialOver
        If it is not the trial that waits, or only supposes something.
    TrialOutdated
        If somebody decided or adjusted something since it was asked for.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        trial = _waiting(session, round_, snapshot_number)
        if trial.hypothetical:
            raise TrialOver
        if is_outdated(session, round_, trial):
            raise TrialOutdated
        stale = take_result(session, round_, trial, result=trial.result or {})
        session.flush()
        rest(session, round_)
        details: dict[str, int | str] = {"snapshot": trial.number, "stale": stale}
        audit.record(session, "take_trial", round_, actor=actor, details=details)
    return trial


def drop(
    session: Session,
    round_key: str,
    *,
    snapshot_number: int,
    programme: Programme,
    actor: Account,
) -> Snapshot:
    """Lay a trial aside; the round goes on as it was, without the pin that was only tried.

    Raises
    ------
    TrialOver
        If it is not the trial that waits.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, round_key, programme=programme, actor=actor)
        trial = _waiting(session, round_, snapshot_number)
        trial.dropped_at = now()
        let_go(session, round_, trial, programme=programme, actor=actor)
        details: dict[str, int | str] = {"snapshot": trial.number}
        audit.record(session, "drop_trial", round_, actor=actor, details=details)
    return trial


def cancel_solving(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Call solving off; what the worker may still compute is dropped.

    A round that goes by an earlier result goes on as it was, without the pin that was only tried.

    Raises
    ------
    Conflict
        If the round is not being solved any more.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, key, programme=programme, actor=actor)
        if not round_.is_solving:
            raise Conflict
        for trial in drop_trials(session, round_):
            let_go(session, round_, trial, programme=programme, actor=actor)
        if solved_snapshot(session, round_) is not None:
            be_ready(session, round_)
        else:
            round_.state = RoundState.CANCELLED
            round_.schedule(None)
        audit.record(session, "cancel_round", round_, actor=actor)
    return round_


def let_go(
    session: Session, round_: Round, trial: Snapshot, *, programme: Programme, actor: Account
) -> None:
    """Undo the pin that is there for a trial alone, if somebody has not done so."""
    tried = session.scalar(
        sa.select(Snapshot.content["tried"]).where(
            Snapshot.programme_id == trial.programme_id, Snapshot.id == trial.id
        )
    )
    for each in list_adjustments(session, round_):
        if each.key == tried:
            undo(session, each.key, programme=programme, actor=actor)


def _waiting(session: Session, round_: Round, number: int) -> Snapshot:
    trial = pending(session, round_)
    if trial is None or trial.number != number or round_.state is not RoundState.READY:
        raise TrialOver
    return trial

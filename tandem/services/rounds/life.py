"""The life of a round, from opening to closing."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from tandem.clock import now
from tandem.db import lock, transaction, violates
from tandem.errors import Conflict, NotFound
from tandem.models import Account, Programme, Round, RoundState, Snapshot
from tandem.services import audit, permissions
from tandem.services.matchmaking.proposing import drop_open
from tandem.services.programmes import take_turns


class RoundOpen(Conflict):
    """The programme has a round that is not closed yet."""


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """What a coordinator decides when opening a round."""

    name: str
    waiting_only: bool = False
    """Whether it is only for mentees whom an earlier round left without a tandem."""


def list_rounds(session: Session, programme: Programme, *, actor: Account) -> Sequence[Round]:
    """Return the rounds of a programme: the open one first, then the newest first."""
    permissions.require(permissions.can_coordinate(actor, programme.id))
    query = (
        sa.select(Round)
        .where(Round.programme_id == programme.id)
        .order_by(Round.state == RoundState.CLOSED, Round.created_at.desc(), Round.id.desc())
    )
    return session.scalars(query).all()


def get_round(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Return one round.

    Raises
    ------
    NotFound
        If the programme has no such round.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    query = sa.select(Round).where(Round.programme_id == programme.id, Round.key == key)
    round_ = session.scalars(query).one_or_none()
    if round_ is None:
        raise NotFound
    return round_


def open_round(
    session: Session, draft: RoundDraft, *, programme: Programme, actor: Account
) -> Round:
    """Open a round.

    Raises
    ------
    RoundOpen
        If there is one that is not closed yet.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    with transaction(session):
        round_ = Round(programme_id=programme.id, name=draft.name, waiting_only=draft.waiting_only)
        session.add(round_)
        try:
            session.flush()
        except IntegrityError as error:
            if violates(error, "uq_rounds_programme_id"):
                raise RoundOpen from error
            raise
        audit.record(session, "open_round", round_, actor=actor)
    return round_


def close_round(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """End a round for good; proposals that are still open become stale.

    Raises
    ------
    Conflict
        If the round is being solved, or closed already.
    """
    with transaction(session):
        take_turns(session, programme.id)
        round_ = hold_round(session, key, programme=programme, actor=actor)
        if not round_.can_be_closed:
            raise Conflict
        dropped = drop_open(session, round_)
        drop_trials(session, round_)
        round_.state = RoundState.CLOSED
        round_.schedule(None)
        round_.closed_at = now()
        audit.record(session, "close_round", round_, actor=actor, details={"dropped": dropped})
    return round_


def hold_round(session: Session, key: str, *, programme: Programme, actor: Account) -> Round:
    """Return one round, locked; call it inside a transaction.

    Raises
    ------
    NotFound
        If the programme has no such round.
    """
    round_ = get_round(session, key, programme=programme, actor=actor)
    [held] = lock(session, Round, [round_.id])
    return held


def drop_trials(session: Session, round_: Round) -> Sequence[Snapshot]:
    """Lay aside whatever was tried, or is being tried; call it with the round held."""
    query = (
        sa.select(Snapshot)
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.taken_at.is_(None),
            Snapshot.dropped_at.is_(None),
        )
        .options(defer(Snapshot.content), defer(Snapshot.result))
        .order_by(Snapshot.id)
    )
    dropped = session.scalars(query).all()
    for snapshot in dropped:
        snapshot.dropped_at = now()
    return dropped

"""Answers to an invitation: a yes of each side, a no, or the coordinator calling it off."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.notices import tell_staff
from tandem.services.permissions import can_answer_for, can_coordinate, require
from tandem.services.programmes import take_turns
from tandem.services.tandems.finding import hold_tandem, side_of
from tandem.services.tandems.letters import other, person_on, write_to
from tandem.services.tandems.showing import standing
from tandem.services.tandems.speaking import details_of


class AnswerTooLate(Conflict):
    """The invitation is no longer open; ``state`` says what became of it."""

    def __init__(self, state: TandemState) -> None:
        super().__init__()
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one side said to an invitation, and on which version of it."""

    side: Side
    yes: bool
    seen_version: int
    reason: str = ""


def answer(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    says_yes: bool,
    seen_version: int,
    reason: str = "",
) -> Tandem:
    """Record the yes or no of one side; the second yes makes the tandem active.

    The same answer twice is one answer.

    Raises
    ------
    AnswerTooLate
        If it was declined, withdrawn or completed meanwhile, or its time is over.
    Stale
        If ``actor`` says no on a page that was older than their own yes.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        side = side_of(actor, tandem)
        require(side is not None)
        assert side is not None  # noqa: S101 - just required
        said = Said(side=side, yes=says_yes, reason=reason, seen_version=seen_version)
        _take(session, tandem, said, programme=programme, actor=actor)
    return tandem


def answer_for(
    session: Session, key: str, said: Said, *, programme: Programme, actor: Account
) -> Tandem:
    """Write down what one side said who is called, as :func:`answer` does for who signs in.

    The audit trail says who wrote it down.

    Raises
    ------
    NotAllowed
        If that side answers for themselves, or ``actor`` is one of the two.
    AnswerTooLate, Stale
        As :func:`answer` does.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        require(can_answer_for(actor, person_on(tandem, said.side)))
        require(side_of(actor, tandem) is None)
        _take(session, tandem, said, programme=programme, actor=actor)
    return tandem


def withdraw(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    reason: str,
    seen_version: int,
) -> Tandem:
    """Call an invitation off and tell both sides, without the reason.

    Raises
    ------
    AnswerTooLate
        If it is no longer open.
    Stale
        If someone has answered since ``actor`` looked.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        require(can_coordinate(actor, programme.id))
        if tandem.state is not TandemState.INVITED:
            raise AnswerTooLate(tandem.state)
        if tandem.version != seen_version:
            raise Stale
        end_invitation(tandem, TandemState.WITHDRAWN)
        tandem.decline_reason = reason
        for side in Side:
            write_to(session, tandem, side, kind="invitation_withdrawn", programme=programme)
        audit.record(session, "withdraw_invitation", tandem, actor=actor)
    return tandem


def end_invitation(tandem: Tandem, state: TandemState) -> None:
    """Close an invitation, so that its place is free again."""
    tandem.state = state
    tandem.ended_at = now()
    tandem.schedule(None)


def wake(tandem: Tandem) -> None:
    """Have the duties of a tandem looked at soon: something changed that they go by.

    That is no change of the tandem itself: whoever wakes it and a worker that claims it at the
    same moment are not in one another's way.
    """
    session = object_session(tandem)
    assert session is not None  # noqa: S101 - it was read in one
    soon = {"due_at": now(), "leased_until": None, "attempts": 0}
    session.execute(sa.update(Tandem).where(Tandem.id == tandem.id).values(soon))


def _take(
    session: Session, tandem: Tandem, said: Said, *, programme: Programme, actor: Account
) -> None:
    if _was_said_before(tandem, said.side, says_yes=said.yes):
        return
    _require_open(tandem)
    if said.yes:
        _say_yes(session, tandem, said.side, programme=programme, actor=actor)
        return
    if _yes_of(tandem, said.side) and tandem.version != said.seen_version:
        raise Stale
    tandem.decline_reason = said.reason
    _say_no(session, tandem, said.side, programme=programme, actor=actor)


def _yes_of(tandem: Tandem, side: Side) -> bool:
    said = tandem.mentor_yes_at if side is Side.MENTOR else tandem.mentee_yes_at
    return said is not None


def _was_said_before(tandem: Tandem, side: Side, *, says_yes: bool) -> bool:
    if says_yes:
        open_or_met = tandem.state is TandemState.INVITED or tandem.started_at is not None
        return _yes_of(tandem, side) and open_or_met
    return tandem.state is TandemState.DECLINED


def _require_open(tandem: Tandem) -> None:
    if standing(tandem) is not TandemState.INVITED:
        raise AnswerTooLate(standing(tandem))


def _say_yes(
    session: Session, tandem: Tandem, side: Side, *, programme: Programme, actor: Account
) -> None:
    if side is Side.MENTOR:
        tandem.mentor_yes_at = now()
    else:
        tandem.mentee_yes_at = now()
    details = details_of(actor, tandem, side)
    audit.record(session, "accept_invitation", tandem, actor=actor, details=details)
    if _yes_of(tandem, other(side)):
        tandem.state = TandemState.ACTIVE
        tandem.started_at = now()
        wake(tandem)
        for each in Side:
            write_to(session, tandem, each, kind="tandem_active", programme=programme)
        audit.record(session, "begin_tandem", tandem, actor=None)


def _say_no(
    session: Session, tandem: Tandem, side: Side, *, programme: Programme, actor: Account
) -> None:
    end_invitation(tandem, TandemState.DECLINED)
    write_to(session, tandem, other(side), kind="invitation_declined", programme=programme)
    tell_staff(session, tandem, kind="invitation_declined", programme=programme)
    details = details_of(actor, tandem, side)
    audit.record(session, "decline_invitation", tandem, actor=actor, details=details)

"""Answers to a check-in: sent once, and what a coordinator does about them."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict
from tandem.models import Account, CheckIn, CheckInState, Programme
from tandem.services import audit, notices
from tandem.services.check_ins.finding import get_check_in, is_low
from tandem.services.permissions import can_answer_for, can_coordinate, is_person, require
from tandem.services.programmes import take_turns
from tandem.services.tandems.letters import person_on

LONGEST = 1000


class AlreadyAnswered(Conflict):
    """Something else was answered before; what was sent stands."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What one side says: 1, not at all, to 5, very much; none: it cannot be said yet."""

    going: int
    helping: int | None
    alike: int | None
    wants_call: bool
    remark: str = ""


def answer(
    session: Session, key: str, said: Answers, *, programme: Programme, actor: Account
) -> CheckIn:
    """Take the answers of one side, from themselves or as a coordinator heard them.

    The same answers twice are one. Late answers are taken as well, even when the tandem is over.

    Raises
    ------
    NotFound
        If there is no such check-in that ``actor`` may know of.
    NotAllowed
        If the person answers for themselves, and ``actor`` is somebody else.
    AlreadyAnswered
        If something else was sent before.
    """
    with transaction(session):
        take_turns(session, programme.id)
        check_in = _hold(session, key, programme=programme, actor=actor)
        who = person_on(check_in.tandem, check_in.side)
        require(is_person(actor, who) or can_answer_for(actor, who))
        if check_in.state is CheckInState.ANSWERED:
            if _said(check_in) != said:
                raise AlreadyAnswered
            return check_in
        for name, value in asdict(said).items():
            setattr(check_in, name, value)
        check_in.state = CheckInState.ANSWERED
        check_in.answered_at = now()
        audit.record(session, "answer_check_in", check_in, actor=actor)
        if is_low(check_in):
            notices.tell_staff(session, check_in.tandem, kind="check_in_low", programme=programme)
    return check_in


def attend_to(session: Session, key: str, *, programme: Programme, actor: Account) -> CheckIn:
    """Note that a coordinator has seen to the answers; twice is once.

    Raises
    ------
    NotFound
        If there is no such check-in that ``actor`` may know of.
    NotAllowed
        If ``actor`` does not coordinate the programme.
    Conflict
        If nothing was answered yet.
    """
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        check_in = _hold(session, key, programme=programme, actor=actor)
        if check_in.state is not CheckInState.ANSWERED:
            raise Conflict
        if check_in.attended_at is None:
            check_in.attended_at = now()
            check_in.attended_by_id = actor.id
            audit.record(session, "attend_to_check_in", check_in, actor=actor)
    return check_in


def _hold(session: Session, key: str, *, programme: Programme, actor: Account) -> CheckIn:
    """Lock the row first, then read what belongs to it."""
    query = sa.select(CheckIn.id).where(CheckIn.programme_id == programme.id, CheckIn.key == key)
    lock(session, CheckIn, session.scalars(query).all())
    return get_check_in(session, key, programme=programme, actor=actor)


def _said(check_in: CheckIn) -> Answers:
    assert check_in.going is not None  # noqa: S101 - a check of the table
    return Answers(
        going=check_in.going,
        helping=check_in.helping,
        alike=check_in.alike,
        wants_call=bool(check_in.wants_call),
        remark=check_in.remark,
    )

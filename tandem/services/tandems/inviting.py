"""Inviting both sides of a confirmed proposal: the places it takes, and the time to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction, violates
from tandem.errors import Conflict
from tandem.models import LIVE, Decision, Mentee, Mentor, Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.programmes import at_local_time, local_day, morning_of
from tandem.services.tandems.finding import WITH_PEOPLE
from tandem.services.tandems.letters import write_to

_MENTEE_TAKEN = "uq_tandems_mentee_id"
_MENTOR_TAKEN = ("uq_tandems_mentor_id_slot", "ck_tandems_within_capacity")
_LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, kw_only=True)
class InTheWay:
    """A live tandem that holds the place, and the decision behind it."""

    key: str
    state: TandemState
    mentor: str
    mentee: str
    decided_by: str
    decided_at: datetime
    reason: str


class Taken(Conflict):
    """Someone else already has the place that this tandem would need."""

    def __init__(self, in_the_way: Sequence[InTheWay]) -> None:
        super().__init__()
        self.in_the_way = in_the_way


class MentorTaken(Taken):
    """Every place of the mentor is taken."""


class MenteeTaken(Taken):
    """The mentee is already in a live tandem."""


def invite(session: Session, decision: Decision, *, programme: Programme) -> Tandem:
    """Ask both sides; call it in the transaction that adds the decision.

    The people are locked first, so of two coordinators who want the same place the second
    waits and then finds it taken.

    Raises
    ------
    MenteeTaken, MentorTaken
        If the database has no place for it.
    """
    with transaction(session):
        [mentor] = lock(session, Mentor, [decision.mentor_id])
        [mentee] = lock(session, Mentee, [decision.mentee_id])
        tandem = Tandem(
            programme_id=programme.id,
            decision_id=decision.id,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            capacity=mentor.capacity,
            slot=_lowest_free_slot(session, mentor),
            expires_at=end_of_invitation(now(), programme),
            due_at=reminder_of_invitation(now(), programme),
        )
        _take_places(session, tandem)
        for side in Side:
            write_to(session, tandem, side, kind="invitation", programme=programme)
        audit.record(session, "invite", tandem, actor=decision.account)
    return tandem


def end_of_invitation(start: datetime, programme: Programme) -> datetime:
    """Return the end of the last day to answer, where the programme is."""
    day = local_day(start, programme) + timedelta(days=programme.invitation_days)
    return at_local_time(day, _LAST_MOMENT, programme)


def reminder_of_invitation(start: datetime, programme: Programme) -> datetime:
    """Return the morning on which those who have not answered are reminded."""
    return morning_of(
        local_day(start, programme) + timedelta(days=programme.reminder_days), programme
    )


def _lowest_free_slot(session: Session, mentor: Mentor) -> int:
    """Return the first number that no live tandem has; it may lie beyond the capacity."""
    query = sa.select(Tandem.slot).where(Tandem.mentor_id == mentor.id, Tandem.state.in_(LIVE))
    taken = set(session.scalars(query))
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def _take_places(session: Session, tandem: Tandem) -> None:
    """Write the tandem; the database says whether there is a place for it."""
    programme_id, mentor_id, mentee_id = tandem.programme_id, tandem.mentor_id, tandem.mentee_id
    try:
        with session.begin_nested():
            session.add(tandem)
    except IntegrityError as error:
        if violates(error, _MENTEE_TAKEN):
            in_the_way = _in_the_way(session, programme_id, Tandem.mentee_id == mentee_id)
            raise MenteeTaken(in_the_way) from error
        if any(violates(error, constraint) for constraint in _MENTOR_TAKEN):
            in_the_way = _in_the_way(session, programme_id, Tandem.mentor_id == mentor_id)
            raise MentorTaken(in_the_way) from error
        raise


def _in_the_way(
    session: Session, programme_id: int, theirs: sa.ColumnElement[bool]
) -> Sequence[InTheWay]:
    query = (
        sa.select(Tandem)
        .where(Tandem.programme_id == programme_id, theirs, Tandem.state.in_(LIVE))
        .order_by(Tandem.slot, Tandem.id)
        .options(*WITH_PEOPLE)
    )
    return [_describe(tandem) for tandem in session.scalars(query)]


def _describe(tandem: Tandem) -> InTheWay:
    return InTheWay(
        key=tandem.key,
        state=tandem.state,
        mentor=tandem.mentor.name,
        mentee=tandem.mentee.name,
        decided_by=tandem.decision.account.name,
        decided_at=tandem.decision.created_at,
        reason=tandem.decision.reason,
    )

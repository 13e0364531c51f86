"""Planning a meeting: one side proposes, the other accepts, moves it or calls it off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Meeting, MeetingState, Programme, Side, Tandem, TandemState, Way
from tandem.services import audit
from tandem.services.meetings.finding import (
    PLANNED,
    get_meeting,
    get_pair,
    has_begun,
    required_voices,
)
from tandem.services.meetings.letters import tell
from tandem.services.programmes import at_local_time, take_turns, today
from tandem.services.tandems import details_of, speaks_as, wake
from tandem.services.tandems.letters import other

FURTHEST = timedelta(days=366)
"""How far ahead a meeting can be planned."""


class NotRunning(Conflict):
    """The tandem is paused or over, so nothing can be planned."""


class Elapsed(Conflict):
    """The time of the meeting has come already."""


class TooFar(Conflict):
    """The meeting would be more than a year away."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When, how and where two people want to meet; day and hour as the programme's clocks say."""

    day: date
    hour: time
    minutes: int
    way: Way
    place: str = ""
    topic: str = ""


def propose(
    session: Session, key: str, *, programme: Programme, actor: Account, plan: Plan
) -> Meeting:
    """Propose a meeting to the other side of the tandem ``key``.

    The same proposal twice, as by a double click, is one.

    Raises
    ------
    NotRunning
        If the tandem is paused or over.
    Elapsed, TooFar
        If the time is over already, or more than a year away.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = get_pair(session, key, programme=programme, actor=actor)
        side = required_voices(actor, tandem)[0]
        _require_running(tandem)
        starts_at = _instant(plan, programme)
        same = _planned_at(session, tandem, starts_at)
        if same is not None:
            return same
        meeting = Meeting(
            programme_id=programme.id, tandem_id=tandem.id, starts_at=starts_at, proposed_by=side
        )
        _describe(meeting, plan)
        session.add(meeting)
        details = details_of(actor, tandem, side)
        audit.record(session, "propose_meeting", meeting, actor=actor, details=details)
        tell(session, meeting, tandem, kind="meeting_proposed", programme=programme, by=side)
    return meeting


def accept(
    session: Session, key: str, *, programme: Programme, actor: Account, seen_version: int
) -> Meeting:
    """Accept what the other side proposed; both get it for their calendars.

    Accepting twice is accepting once.

    Raises
    ------
    Stale
        If it is not the proposal any more that ``actor`` looked at.
    Elapsed
        If its time is over.
    """
    with transaction(session):
        take_turns(session, programme.id)
        meeting = get_meeting(session, key, programme=programme, actor=actor)
        sides = required_voices(actor, meeting.tandem)
        across = other(meeting.proposed_by) if meeting.proposed_by else None
        if meeting.state is MeetingState.ACCEPTED and across in sides:
            return meeting
        if not can_accept(meeting, sides) or meeting.version != seen_version:
            raise Stale
        _require_running(meeting.tandem)
        if has_begun(meeting):
            raise Elapsed
        meeting.state = MeetingState.ACCEPTED
        meeting.sequence += 1
        details = details_of(actor, meeting.tandem, across)
        audit.record(session, "accept_meeting", meeting, actor=actor, details=details)
        _tell(session, meeting, kind="meeting_accepted", programme=programme, by=across)
    return meeting


def move(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    plan: Plan,
    seen_version: int,
) -> Meeting:
    """Propose another time, place or topic instead; the other side accepts it anew.

    Raises
    ------
    Stale
        If somebody changed it since ``actor`` looked.
    NotRunning
        If the tandem is paused or over.
    Elapsed, TooFar
        If the new time is over already, or more than a year away.
    """
    with transaction(session):
        take_turns(session, programme.id)
        meeting = get_meeting(session, key, programme=programme, actor=actor)
        side = required_voices(actor, meeting.tandem)[0]
        if meeting.state not in PLANNED or meeting.version != seen_version:
            raise Stale
        _require_running(meeting.tandem)
        meeting.starts_at = _instant(plan, programme)
        _describe(meeting, plan)
        if not session.is_modified(meeting):
            return meeting
        meeting.state, meeting.proposed_by = MeetingState.PROPOSED, side
        if meeting.sequence:
            meeting.sequence += 1
        details = details_of(actor, meeting.tandem, side)
        audit.record(session, "move_meeting", meeting, actor=actor, details=details)
        _tell(session, meeting, kind="meeting_moved", programme=programme, by=side)
    return meeting


def call_off(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
    said_by: Side | None = None,
) -> Meeting:
    """Call a planned meeting off and tell the other side; a coordinator may do it for either.

    ``said_by`` is who did and is called, where a coordinator writes it down.

    Raises
    ------
    Stale
        If somebody changed it since ``actor`` looked.
    """
    with transaction(session):
        take_turns(session, programme.id)
        meeting = get_meeting(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, meeting.tandem, said_by)
        if meeting.state is MeetingState.CANCELLED:
            return meeting
        if meeting.state not in PLANNED or meeting.version != seen_version:
            raise Stale
        end_plan(session, meeting, programme=programme, by=side)
        wake(meeting.tandem)
        details = details_of(actor, meeting.tandem, side)
        audit.record(session, "call_off_meeting", meeting, actor=actor, details=details)
    return meeting


def end_plan(
    session: Session,
    meeting: Meeting,
    *,
    programme: Programme,
    by: Side | None,
    told: Collection[Side] = tuple(Side),
) -> None:
    """Call one planned meeting off, inside the transaction that is the reason for it."""
    meeting.state = MeetingState.CANCELLED
    if meeting.sequence:
        meeting.sequence += 1
    tandem = meeting.tandem
    tell(
        session,
        meeting,
        tandem,
        kind="meeting_cancelled",
        programme=programme,
        by=by,
        told=told,
    )


def can_accept(meeting: Meeting, sides: Collection[Side]) -> bool:
    """Whether a meeting waits for the answer of one of these sides."""
    return (
        meeting.state is MeetingState.PROPOSED
        and meeting.proposed_by is not None
        and other(meeting.proposed_by) in sides
    )


def _tell(
    session: Session, meeting: Meeting, *, kind: str, programme: Programme, by: Side | None
) -> None:
    tell(session, meeting, meeting.tandem, kind=kind, programme=programme, by=by)
    wake(meeting.tandem)


def _require_running(tandem: Tandem) -> None:
    if tandem.state is not TandemState.ACTIVE:
        raise NotRunning


def _instant(plan: Plan, programme: Programme) -> datetime:
    if plan.day > today(programme) + FURTHEST:
        raise TooFar
    if plan.day < today(programme):
        raise Elapsed
    starts_at = at_local_time(plan.day, plan.hour, programme)
    if starts_at <= now():
        raise Elapsed
    return starts_at


def _planned_at(session: Session, tandem: Tandem, starts_at: datetime) -> Meeting | None:
    query = sa.select(Meeting).where(
        Meeting.tandem_id == tandem.id, Meeting.starts_at == starts_at, Meeting.state.in_(PLANNED)
    )
    return session.scalars(query.order_by(Meeting.id).limit(1)).one_or_none()


def _describe(meeting: Meeting, plan: Plan) -> None:
    meeting.minutes, meeting.way = plan.minutes, plan.way
    meeting.place, meeting.topic = plan.place, plan.topic

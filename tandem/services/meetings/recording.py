"""Writing down what became of meetings: held or missed, how long, how it was.

What a side felt and wrote is for the coordination alone. A tandem has one meeting a day here,
so that two people who both write it down have met once.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict, Stale
from tandem.models import (
    RUNNING,
    Account,
    Meeting,
    MeetingState,
    Mood,
    Programme,
    Side,
    Tandem,
    Way,
)
from tandem.services import audit
from tandem.services.meetings.finding import (
    WRITTEN_DOWN,
    get_meeting,
    get_pair,
    has_begun,
)
from tandem.services.meetings.planning import NotRunning
from tandem.services.permissions import require_known
from tandem.services.programmes import at_local_time, local_day, start_of, take_turns, today
from tandem.services.tandems import details_of, side_of, speaks_as, wake

_NOON = time(12)
"""When a meeting was of which only the day is known."""


class NotYet(Conflict):
    """The meeting is still to come."""


class TooEarly(Conflict):
    """The two were no tandem then, or none any more."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one side says of a meeting, for the coordination alone.

    ``by`` is who says it and is called, where a coordinator writes it down.
    """

    by: Side | None = None
    mood: Mood | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting as somebody writes it down who need not have planned it."""

    day: date
    way: Way
    minutes: int
    said: Said = Said()


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of a meeting that is known already."""

    happened: bool
    way: Way
    minutes: int
    said: Said = Said()


def log(session: Session, key: str, *, programme: Programme, actor: Account, held: Held) -> Meeting:
    """Write down that the tandem ``key`` met on a day.

    If that day's meeting is known already, because it was planned or the other side was
    faster, it is that one, and ``actor`` adds what they say of it.

    Raises
    ------
    NotYet
        If that day is still to come.
    TooEarly
        If the two were no tandem on that day.
    NotRunning
        If one of the two writes it down after the tandem's end; a coordinator still can.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = get_pair(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, tandem, held.said.by)
        _require_open(tandem, actor)
        _require_their_time(tandem, held.day, programme)
        meeting = _known_on(session, tandem, held.day, programme=programme)
        if meeting is None:
            meeting = Meeting(
                programme_id=programme.id,
                tandem_id=tandem.id,
                starts_at=at_local_time(held.day, _NOON, programme),
                state=MeetingState.HELD,
            )
            session.add(meeting)
        if _is_first_word(meeting, side):
            meeting.state, meeting.way, meeting.minutes = MeetingState.HELD, held.way, held.minutes
            _sign(meeting, side)
        _say(meeting, side, held.said)
        if meeting in session.new or session.is_modified(meeting):
            details = details_of(actor, tandem, side)
            audit.record(session, "log_meeting", meeting, actor=actor, details=details)
            wake(tandem)
    return meeting


def settle(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    became: Became,
    seen_version: int,
) -> Meeting:
    """Say whether a meeting took place, or put right what was written down about it.

    Raises
    ------
    Stale
        If somebody changed it since ``actor`` looked.
    NotYet
        If its time has not come.
    NotRunning
        If one of the two does it after the tandem's end; a coordinator still can.
    """
    with transaction(session):
        take_turns(session, programme.id)
        meeting = get_meeting(session, key, programme=programme, actor=actor)
        side = speaks_as(actor, meeting.tandem, became.said.by)
        require_known(meeting.state is not MeetingState.CANCELLED)
        _require_open(meeting.tandem, actor)
        if meeting.version != seen_version:
            raise Stale
        if meeting.state not in WRITTEN_DOWN and not has_begun(meeting):
            raise NotYet
        meeting.state = MeetingState.HELD if became.happened else MeetingState.MISSED
        meeting.way, meeting.minutes = became.way, became.minutes
        _sign(meeting, side)
        _say(meeting, side, became.said)
        if session.is_modified(meeting):
            details = {**details_of(actor, meeting.tandem, side), "state": meeting.state.value}
            audit.record(session, "settle_meeting", meeting, actor=actor, details=details)
            wake(meeting.tandem)
    return meeting


def strike(
    session: Session, key: str, *, programme: Programme, actor: Account, seen_version: int
) -> Meeting:
    """Take back what was written down by mistake: such a meeting never was.

    Raises
    ------
    Stale
        If somebody changed it since ``actor`` looked.
    NotRunning
        If one of the two does it after the tandem's end; a coordinator still can.
    """
    with transaction(session):
        take_turns(session, programme.id)
        meeting = get_meeting(session, key, programme=programme, actor=actor)
        speaks_as(actor, meeting.tandem, None)
        if meeting.state is MeetingState.CANCELLED:
            return meeting
        _require_open(meeting.tandem, actor)
        if meeting.state not in WRITTEN_DOWN or meeting.version != seen_version:
            raise Stale
        meeting.state = MeetingState.CANCELLED
        audit.record(session, "strike_meeting", meeting, actor=actor)
        wake(meeting.tandem)
    return meeting


def mood_of(meeting: Meeting, side: Side) -> Mood | None:
    """Return how a meeting was for one side; for them and the coordination alone."""
    return meeting.mentor_mood if side is Side.MENTOR else meeting.mentee_mood


def remark_of(meeting: Meeting, side: Side) -> str:
    """Return what one side wrote about a meeting; for them and the coordination alone."""
    return meeting.mentor_remark if side is Side.MENTOR else meeting.mentee_remark


def _require_open(tandem: Tandem, actor: Account) -> None:
    if side_of(actor, tandem) is not None and tandem.state not in RUNNING:
        raise NotRunning


def _require_their_time(tandem: Tandem, day: date, programme: Programme) -> None:
    if day > today(programme):
        raise NotYet
    if tandem.started_at is None or day < local_day(tandem.started_at, programme):
        raise TooEarly
    if tandem.ended_at is not None and day > local_day(tandem.ended_at, programme):
        raise TooEarly


def _known_on(
    session: Session, tandem: Tandem, day: date, *, programme: Programme
) -> Meeting | None:
    """Return the meeting of a day: one that was written down, else one that was planned."""
    begins, ends = _bounds(day, programme)
    query = sa.select(Meeting).where(
        Meeting.tandem_id == tandem.id,
        Meeting.starts_at >= begins,
        Meeting.starts_at < ends,
        Meeting.state != MeetingState.CANCELLED,
    )
    found = session.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()
    ready = [each for each in found if each.state in WRITTEN_DOWN or has_begun(each)]
    order = [MeetingState.HELD, MeetingState.ACCEPTED, MeetingState.PROPOSED, MeetingState.MISSED]
    return min(ready, key=lambda each: order.index(each.state), default=None)


def _bounds(day: date, programme: Programme) -> tuple[datetime, datetime]:
    following = date.fromordinal(day.toordinal() + 1)
    return start_of(day, programme), start_of(following, programme)


def _is_first_word(meeting: Meeting, side: Side | None) -> bool:
    """Whether what was held is for this side to say: nobody did, or they themselves."""
    return meeting.state is not MeetingState.HELD or (
        meeting.logged_at is None or meeting.logged_by is side
    )


def _sign(meeting: Meeting, side: Side | None) -> None:
    """Keep who was the first to write it down."""
    if meeting.logged_at is None:
        meeting.logged_at, meeting.logged_by = now(), side


def _say(meeting: Meeting, side: Side | None, said: Said) -> None:
    """Keep what one side says; a coordinator writes down for who is called what they hear."""
    if said.by is not None and said == Said(by=said.by):
        return
    if side is Side.MENTOR:
        meeting.mentor_mood, meeting.mentor_remark = said.mood, said.remark
    elif side is Side.MENTEE:
        meeting.mentee_mood, meeting.mentee_remark = said.mood, said.remark

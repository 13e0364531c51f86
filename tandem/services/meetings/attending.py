"""What comes due about meetings: a reminder the day before, and the end of plans that lapsed.

A proposal that nobody answered stays one when its time comes: the page then asks both
whether they met.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import RUNNING, Meeting, MeetingState, Programme, Side, Tandem
from tandem.services import audit
from tandem.services.meetings.finding import PLANNED
from tandem.services.meetings.letters import remind_of
from tandem.services.meetings.planning import end_plan
from tandem.services.programmes import local_day, morning_of


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Remind both of a meeting tomorrow; call off what a tandem that is over had planned.

    A duty (see :mod:`tandem.services.duties`).
    """
    if tandem.started_at is None:
        return None
    if tandem.state not in RUNNING:
        end_plans(session, tandem, programme=programme)
        return None
    coming = [
        _remind(session, meeting, tandem, programme=programme)
        for meeting in _planned(session, tandem)
        if meeting.state is MeetingState.ACCEPTED
    ]
    return min((moment for moment in coming if moment is not None), default=None)


def end_plans(
    session: Session, tandem: Tandem, *, programme: Programme, told: Collection[Side] = tuple(Side)
) -> None:
    """Call off whatever a tandem still had planned, inside a transaction; tell those ``told``."""
    for meeting in _planned(session, tandem):
        end_plan(session, meeting, programme=programme, by=None, told=told)
        audit.record(session, "call_off_meeting", meeting, actor=None)


def _planned(session: Session, tandem: Tandem) -> list[Meeting]:
    query = (
        sa.select(Meeting)
        .where(
            Meeting.tandem_id == tandem.id,
            Meeting.state.in_(PLANNED),
            Meeting.starts_at > now(),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(session.scalars(query))


def _remind(
    session: Session, meeting: Meeting, tandem: Tandem, *, programme: Programme
) -> datetime | None:
    """Remind both once it is time, unless they agreed on it only then; return when it is time."""
    day_before = local_day(meeting.starts_at, programme) - timedelta(days=1)
    remind_at = morning_of(day_before, programme)
    if now() < remind_at:
        return remind_at
    if audit.is_recorded(session, "accept_meeting", meeting, since=remind_at):
        return None
    for side in Side:
        remind_of(session, meeting, tandem, side=side, programme=programme)
    return None

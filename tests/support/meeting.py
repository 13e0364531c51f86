"""Meetings for tests: plans, what is written down, and the mails that tell of it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import sqlalchemy as sa

from tandem.models import AuditEvent, Mail, Way
from tandem.services import meetings
from tests.support import pairs

NOW = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
SUNDAY = date(2026, 10, 25)
"""On which the clocks go back."""
BERLIN = ZoneInfo("Europe/Berlin")


def plan(**values: Any) -> meetings.Plan:
    defaults: dict[str, Any] = {
        "day": SUNDAY,
        "hour": time(17, 30),
        "minutes": 60,
        "way": Way.IN_PERSON,
    }
    return meetings.Plan(**(defaults | values))


def held(**values: Any) -> meetings.Held:
    said = meetings.Said(mood=values.pop("mood", None), remark=values.pop("remark", ""))
    defaults: dict[str, Any] = {
        "day": date(2026, 10, 20),
        "way": Way.IN_PERSON,
        "minutes": 60,
        "said": said,
    }
    return meetings.Held(**(defaults | values))


def became(*, happened: bool = True, **values: Any) -> meetings.Became:
    said = meetings.Said(mood=values.pop("mood", None), remark=values.pop("remark", ""))
    defaults: dict[str, Any] = {"way": Way.IN_PERSON, "minutes": 60, "said": said}
    return meetings.Became(happened=happened, **(defaults | values))


def mails(session, kind):
    return session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)).all()


def readers(session, kind):
    return [mail.to_address for mail in mails(session, kind)]


def addresses(tandem):
    return [account.email for account in pairs.accounts_of(tandem)]


def event_in(mail):
    calendar = icalendar.Calendar.from_ical(mail.calendar)
    [event] = calendar.walk("VEVENT")
    return calendar["METHOD"], event


def actions(session, meeting):
    query = sa.select(AuditEvent.action).where(
        AuditEvent.subject_kind == "meetings", AuditEvent.subject_id == meeting.id
    )
    return session.scalars(query.order_by(AuditEvent.id)).all()

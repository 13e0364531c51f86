"""Meetings as entries of a calendar (RFC 5545), and as messages that change them (RFC 5546).

An entry keeps its UID for life; ``sequence`` counts its changes. The times are those of the
programme's clocks, so that half past five stays half past five when the clocks change.
"""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import icalendar

from tandem.clock import now
from tandem.mail.words import words
from tandem.models import Meeting, MeetingState, Programme, Side, Tandem
from tandem.services.calendars.zones import time_zone
from tandem.services.tandems.letters import other, person_on

_PRODUCT = "-//Tandem//Mentoring//EN"
_TENTATIVE = "TENTATIVE"
_STATUS = {MeetingState.PROPOSED: _TENTATIVE, MeetingState.CANCELLED: "CANCELLED"}
_REFRESH = timedelta(hours=6)


def request(meeting: Meeting, tandem: Tandem, *, programme: Programme, reader: Side) -> str:
    """Return the message that puts a meeting into a calendar, or changes it there."""
    entry = _entry(meeting, tandem, programme=programme, reader=reader)
    entry.add("dtstamp", now())
    entry.add("organizer", _organizer(programme))
    for side in Side:
        attendee = _attendee(meeting, tandem, side)
        if attendee is not None:
            entry.add("attendee", attendee)
    return _text([entry], [meeting], programme, method="REQUEST")


def cancellation(meeting: Meeting, tandem: Tandem, *, programme: Programme, reader: Side) -> str:
    """Return the message that takes a meeting out of a calendar; it names nobody else."""
    entry = _bare(meeting, programme)
    account = person_on(tandem, reader).membership.account
    entry.add("summary", words("meeting_called_off", account.locale))
    entry.add("dtstamp", now())
    entry.add("organizer", _organizer(programme))
    entry.add("attendee", icalendar.vCalAddress(f"mailto:{account.email}"))
    return _text([entry], [meeting], programme, method="CANCEL")


def published(
    meetings: Sequence[tuple[Meeting, Tandem, Side]], *, programme: Programme, name: str = ""
) -> str:
    """Return meetings for the calendar of one reader, who is on the side named with each.

    The same meetings give the same text. With a ``name`` it is a calendar to subscribe to.
    """
    entries = []
    for meeting, tandem, side in meetings:
        entry = _entry(meeting, tandem, programme=programme, reader=side)
        entry.add("dtstamp", meeting.logged_at or meeting.created_at)
        entries.append(entry)
    each = [meeting for meeting, _, _ in meetings]
    return _text(entries, each, programme, name=name)


def _entry(
    meeting: Meeting, tandem: Tandem, *, programme: Programme, reader: Side
) -> icalendar.Event:
    entry = _bare(meeting, programme)
    account = person_on(tandem, reader).membership.account
    across = person_on(tandem, other(reader)).name
    entry.add("summary", words("meeting_title", account.locale, name=across))
    entry.add("class", "PRIVATE")
    if meeting.place:
        entry.add("location", meeting.place)
    if meeting.topic:
        entry.add("description", meeting.topic)
    return entry


def _bare(meeting: Meeting, programme: Programme) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{meeting.key}@{programme.slug}.tandem")
    entry.add("sequence", meeting.sequence)
    entry.add("status", _STATUS.get(meeting.state, "CONFIRMED"))
    begins = meeting.starts_at.astimezone(ZoneInfo(programme.zone))
    if meeting.proposed_by is None:  # only the day is known
        entry.add("dtstart", begins.date())
        entry.add("transp", "TRANSPARENT")
    else:
        ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
        entry.add("dtstart", begins)
        entry.add("dtend", ends.astimezone(ZoneInfo(programme.zone)))
    return entry


def _organizer(programme: Programme) -> icalendar.vCalAddress:
    organizer = icalendar.vCalAddress(f"mailto:{programme.contact_email}")
    organizer.params["CN"] = programme.name
    return organizer


def _attendee(meeting: Meeting, tandem: Tandem, side: Side) -> icalendar.vCalAddress | None:
    account = person_on(tandem, side).membership.account
    if not account.has_email:
        return None
    agreed = meeting.state is not MeetingState.PROPOSED or meeting.proposed_by is side
    attendee = icalendar.vCalAddress(f"mailto:{account.email}")
    attendee.params["CN"] = account.name
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if agreed else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _text(
    entries: Sequence[icalendar.Event],
    meetings: Sequence[Meeting],
    programme: Programme,
    *,
    method: str = "",
    name: str = "",
) -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    zone = ZoneInfo(programme.zone)
    years = [meeting.starts_at.astimezone(zone).year for meeting in meetings]
    if years:
        calendar.add_component(time_zone(programme.zone, min(years), max(years)))
    for entry in entries:
        calendar.add_component(entry)
    return str(calendar.to_ical(), "utf-8")

"""Meetings in words: when and how they are, what became of them, what may be wrong."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import dates
from flask_babel import format_date, format_time, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.locales import regional
from tandem.models import Meeting, MeetingState, Mood
from tandem.services.meetings import PLANNED, Elapsed, NotYet, TooEarly, TooFar, has_begun
from tandem.web import codes
from tandem.web.languages import locale_code, zone

MOODS = {Mood.GOOD: _l("Good"), Mood.FAIR: _l("So-so"), Mood.HARD: _l("Difficult")}
KINDS = {Mood.GOOD: "success", Mood.FAIR: "info", Mood.HARD: "warning"}
"""In which colour a coordinator sees how it was."""
LENGTHS = {
    30: _l("30 minutes"),
    60: _l("1 hour"),
    90: _l("1½ hours"),
    120: _l("2 hours"),
}
_WEB = ("https://", "http://")
REFUSALS = {
    Elapsed: _l("This time is over already."),
    TooFar: _l("Please choose a day within the next twelve months."),
    NotYet: _l("This day is still to come."),
    TooEarly: _l("The tandem did not run on that day."),
}


def begins(meeting: Meeting) -> datetime:
    """Return when a meeting begins, by the clocks of the programme."""
    return meeting.starts_at.astimezone(ZoneInfo(zone()))


def has_hour(meeting: Meeting) -> bool:
    """Whether it is known at what time a meeting was, not only on which day."""
    return meeting.proposed_by is not None


def day(meeting: Meeting, width: str = "full") -> str:
    """Name the day of a meeting: Thursday, 3 December 2026."""
    return str(format_date(begins(meeting).date(), width))


def weekday(meeting: Meeting) -> str:
    """Name the day of the week on which a meeting is: Thursday."""
    return _part(meeting, "cccc")


def hour(meeting: Meeting) -> str:
    """Name the time at which a meeting begins: 17:30."""
    return str(format_time(meeting.starts_at, "short"))


def leaf(meeting: Meeting) -> tuple[str, str, str]:
    """Return month, day and weekday of a meeting, in short words."""
    month, number, weekday = (_part(meeting, pattern) for pattern in ("LLL", "d", "ccc"))
    return month, number, weekday


def _part(meeting: Meeting, pattern: str) -> str:
    return str(dates.format_date(begins(meeting).date(), pattern, locale=locale_code()))


def short_day(meeting: Meeting) -> str:
    """Name the day of a meeting in short: Thu 3 Dec."""
    return str(
        dates.format_skeleton("MMMEd", begins(meeting).date(), locale=regional(locale_code()))
    )


def length(minutes: int) -> str:
    """Say how long a meeting is."""
    if minutes in LENGTHS:
        return str(LENGTHS[minutes])
    return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))


def so_far(held: int) -> str:
    """Say how often two have met."""
    return str(ngettext("One meeting so far", "%(num)d meetings so far", held))


def became(meeting: Meeting) -> str:
    """Say in a few words what a meeting is or was."""
    if meeting.state in PLANNED and has_begun(meeting):
        return str(_("not written down yet"))
    if meeting.state is MeetingState.PROPOSED:
        return str(_("suggested, not settled yet"))
    if meeting.state is MeetingState.ACCEPTED:
        return str(_("planned: %(where)s", where=where(meeting)))
    if meeting.state is MeetingState.MISSED:
        return str(_("did not take place"))
    return str(
        _("%(way)s, %(length)s", way=codes.WAYS[meeting.way], length=length(meeting.minutes))
    )


def link(meeting: Meeting) -> str | None:
    """Return the address of a video call, where its place is one."""
    place = meeting.place
    return place if place.startswith(_WEB) and " " not in place else None


def where(meeting: Meeting) -> str:
    """Say where a meeting is, or how."""
    return meeting.place or str(codes.WAYS[meeting.way])

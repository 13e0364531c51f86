"""Time zones as calendars want to read them: every change of clocks of the years that matter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import icalendar

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@cache
def time_zone(name: str, first_year: int, last_year: int) -> icalendar.Timezone:
    """Return the VTIMEZONE of a zone, right from ``first_year`` to ``last_year`` (RFC 5545)."""
    zone = ZoneInfo(name)
    begins = datetime(first_year, 1, 1, tzinfo=UTC) - 2 * _DAY
    found = icalendar.Timezone()
    found.add("tzid", name)
    found.add_component(_observance(begins, zone, before=_offset(begins, zone)))
    for moment in _changes(begins, datetime(last_year + 1, 1, 1, tzinfo=UTC), zone):
        found.add_component(_observance(moment, zone, before=_offset(moment - _MINUTE, zone)))
    return found


def _observance(
    moment: datetime, zone: ZoneInfo, *, before: timedelta
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """Return what holds from a moment on, which is told by the clocks as they were before."""
    local = moment.astimezone(zone)
    summer = bool(local.dst())
    part = icalendar.TimezoneDaylight() if summer else icalendar.TimezoneStandard()
    part.add("dtstart", (moment + before).replace(tzinfo=None))
    part.add("tzname", local.tzname() or zone.key)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(moment, zone))
    return part


def _changes(begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments, to the minute, at which the clocks of a zone change."""
    day = begins
    while day < ends:
        low, high = day, day + _DAY
        if _offset(low, zone) != _offset(high, zone):
            while high - low > _MINUTE:
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                if _offset(middle, zone) == _offset(low, zone):
                    low = middle
                else:
                    high = middle
            yield high
        day += _DAY


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()

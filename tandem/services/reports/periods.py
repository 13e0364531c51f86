"""Periods of a report: whole days where the programme is, both ends included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from tandem.models import Programme
from tandem.services.programmes import at_local_time

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2200, 12, 31)
_DAY: Final = timedelta(days=1)
_MONTHS_OF_YEAR: Final = 12
_MONTHS_OF_QUARTER: Final = 3


class Preset(Enum):
    """Periods that are often asked for."""

    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first day to the last."""

    first: date
    last: date

    @property
    def year(self) -> int | None:
        """The calendar year that it is; none: it is something else."""
        return self.first.year if self == whole_year(self.first.year) else None

    @property
    def before(self) -> "Period":
        """What it is compared with: the year before a year, else as many days before it."""
        if self.year is not None and self.first > EARLIEST:
            return whole_year(self.year - 1)
        return Period(first=self.first - (self.last - self.first) - _DAY, last=self.first - _DAY)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A quarter of a year, as far as it belongs to a report."""

    year: int
    number: int
    period: Period


def whole_year(year: int) -> Period:
    """Return a calendar year."""
    return Period(first=date(year, 1, 1), last=date(year, 12, 31))


def preset(kind: Preset, today: date) -> Period:
    """Return a usual period, seen from ``today``."""
    months = {"year": _MONTHS_OF_YEAR, "quarter": _MONTHS_OF_QUARTER, "month": 1}
    which, _, unit = kind.value.partition("_")
    this = _span(today, months[unit])
    return this if which == "this" else _span(this.first - _DAY, months[unit])


def bounds(period: Period, programme: Programme) -> tuple[datetime, datetime]:
    """Return the first instant of a period, and the first after it, where the programme is."""
    return (
        at_local_time(period.first, time(), programme),
        at_local_time(period.last + _DAY, time(), programme),
    )


def quarters(until: date, *, count: int) -> list[Quarter]:
    """Return the last quarters up to a day, the earliest first; the last may end with that day."""
    found: list[Quarter] = []
    day = until
    while len(found) < count:
        span = _span(day, _MONTHS_OF_QUARTER)
        number = (span.first.month + 2) // _MONTHS_OF_QUARTER
        period = Period(first=span.first, last=min(span.last, until))
        found.append(Quarter(year=span.first.year, number=number, period=period))
        day = span.first - _DAY
    return found[::-1]


def _span(day: date, months: int) -> Period:
    """Return the year, quarter or month in which a day lies."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    following = first.month - 1 + months
    after = date(first.year + following // _MONTHS_OF_YEAR, following % _MONTHS_OF_YEAR + 1, 1)
    return Period(first=first, last=after - _DAY)

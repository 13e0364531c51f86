"""Dates of all kinds."""

import re
from datetime import date, timedelta

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import Outcome, Reader, exact, read, unknown

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})\b")
_NAMED_MONTH = re.compile(r"(\d{1,2})\.?\s([^\W\d_]{3,9})\.?\s(\d{4}|\d{2})\b")
_SERIAL = re.compile(r"[34][0-9]{4}")
_SPREADSHEETS_ZERO = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_OTHER_MONTHS = {"mae": "mar", "mrz": "mar", "may": "mai", "oct": "okt", "dec": "dez"}
_CENTURY = 2000
_TWO_DIGITS = 100
_PIVOT = 70


def date_in(text: str) -> date | None:
    """Return the one day that ``text`` names, None if it is no day, or not in sane years.

    Days stand before months, as in Germany; years of two digits are taken for 1970 to 2069;
    a number is what a spreadsheet counts for a day.
    """
    found = _ISO.search(text)
    if found:
        return _day(*map(int, found.groups()))
    found = _DAY_FIRST.search(text)
    if found:
        day, month, year = map(int, found.groups())
        return _day(_whole(year), month, day)
    if _SERIAL.fullmatch(text):
        return _SPREADSHEETS_ZERO + timedelta(days=int(text))
    found = _NAMED_MONTH.search(text)
    if found:
        name = normalise(found[2])[:3]
        name = _OTHER_MONTHS.get(name, name)
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        return _day(_whole(int(found[3])), month, int(found[1]))
    return None


def _whole(year: int) -> int:
    if year >= _TWO_DIGITS:
        return year
    return year + _CENTURY if year < _PIVOT else year + _CENTURY - _TWO_DIGITS


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def reader_of_day(field: str) -> Reader:
    """Return a reader of a day, as ``2026-03-13``; what is no day goes into the note."""

    def reader(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
        day = date_in(text)
        if day is None:
            return unknown(field, text)
        whole = any(form.fullmatch(text) for form in (_ISO, _DAY_FIRST, _NAMED_MONTH))
        return exact(field, day.isoformat(), text) if whole else read(field, day.isoformat(), text)

    return reader

"""Whose ways of writing days, times and lists a language follows."""

from datetime import date, time
from typing import Final

from babel.dates import format_date, format_time

_REGIONS: Final = {"en": "en_GB"}
"""Our English is that of Britain: the day before the month, 24 hours."""


def regional(language: str) -> str:
    """Return the locale whose formats go with a language of ours."""
    return _REGIONS.get(language, language)


def language_of(locale: str) -> str:
    """Return the language of ours for a locale that :func:`regional` returned."""
    return next((ours for ours, region in _REGIONS.items() if region == locale), locale)


def day_in_words(day: date, language: str, *, width: str = "full") -> str:
    """Return a day as the reader writes it: Thursday, 3 December 2026."""
    return format_date(day, width, locale=regional(language))


def hour_in_words(hour: time, language: str) -> str:
    """Return an hour of the programme's zone as the reader writes it: 17:30."""
    return format_time(hour, "short", locale=regional(language))

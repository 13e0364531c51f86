"""What can be answered to a question about each kind of value."""

from collections.abc import Callable, Collection, Mapping

from tandem.services.imports.reading.languages import LANGUAGE, LEVEL, UNSTATED
from tandem.services.imports.reading.wishes import MOST_CAPACITY, TOPIC, TRAVEL
from tandem.services.imports.reading.work import OCCUPATION, SECTOR
from tandem.services.imports.understood import Value
from tandem.taxonomy import (
    CEFR,
    LEVELS,
    MODES,
    NEEDS,
    RECOGNITION,
    is_field,
    is_language,
    is_occupation,
    is_postal_code,
    is_sector,
)


def accepts(field: str, value: Value) -> bool:
    """Tell whether ``value`` can be the answer to a question about a kind of value.

    None, "no such value", always can.
    """
    if value is None:
        return field in _ACCEPTS
    return field in _ACCEPTS and _ACCEPTS[field](value)


def _text(is_known: Callable[[str], bool]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, str) and is_known(value)


def _several(known: Collection[str]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, list) and set(value) <= set(known)


def _number(known: Collection[int]) -> Callable[[Value], bool]:
    return lambda value: type(value) is int and value in known


def _is_yes_or_no(value: Value) -> bool:
    return isinstance(value, bool)


_ACCEPTS: Mapping[str, Callable[[Value], bool]] = {
    LEVEL: _text(CEFR.__contains__),
    UNSTATED: _text(CEFR.__contains__),
    LANGUAGE: _text(is_language),
    OCCUPATION: _text(is_occupation),
    SECTOR: _text(is_sector),
    TOPIC: _text(NEEDS.__contains__),
    "field": _text(is_field),
    "recognition": _text(RECOGNITION.__contains__),
    "postal_code": _text(is_postal_code),
    "level": _number(LEVELS),
    "capacity": _number(range(MOST_CAPACITY + 1)),
    "modes": _several(MODES),
    "travel": _several(TRAVEL),
    "same_gender": _is_yes_or_no,
    "internships": _is_yes_or_no,
}
FIELDS = tuple(_ACCEPTS)
"""The kinds of values that are asked about."""

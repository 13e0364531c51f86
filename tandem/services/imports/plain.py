"""What was understood as plain values, to be kept as JSON, and back."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from tandem.services.imports.understood import (
    Aside,
    Column,
    Company,
    OtherSheet,
    Person,
    Question,
    Said,
    Sure,
    Understanding,
    Understood,
)


def to_plain(understanding: Understanding) -> dict[str, Any]:
    """Return it as dicts, lists, texts, numbers and None."""
    return {name: _plain(value) for name, value in vars(understanding).items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    parts = value if isinstance(value, Mapping) else vars(value)
    return {name: _plain(part) for name, part in parts.items()}


def from_plain(plain: Mapping[str, Any]) -> Understanding:
    """Return what :func:`to_plain` was given, whether or not JSON was between."""
    return Understanding(
        sheet=plain["sheet"],
        header_line=plain["header_line"],
        columns=tuple(_with_tuples(Column, one, "examples") for one in plain["columns"]),
        people=tuple(map(_person, plain["people"])),
        companies=tuple(map(_company, plain["companies"])),
        questions=tuple(
            _with_tuples(Question, one, "examples", "lines", "offered")
            for one in plain["questions"]
        ),
        asides=tuple(Aside(**one) for one in plain["asides"]),
        other_sheets=tuple(OtherSheet(**one) for one in plain["other_sheets"]),
    )


def _with_tuples(kind: type[Any], plain: Mapping[str, Any], *names: str) -> Any:
    return kind(**{**plain, **{name: tuple(plain[name]) for name in names}})


def _understood(plain: Mapping[str, Any]) -> Understood:
    asks = tuple((field, text) for field, text in plain["asks"])
    return Understood(**{**plain, "sure": Sure(plain["sure"]), "asks": asks})


def _told(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return what people and companies have alike."""
    return {
        "line": plain["line"],
        "fields": {name: _understood(value) for name, value in plain["fields"].items()},
        "left_over": tuple(Said(**said) for said in plain["left_over"]),
        "loosely_read": tuple(Said(**said) for said in plain["loosely_read"]),
    }


def _person(plain: Mapping[str, Any]) -> Person:
    return Person(
        **_told(plain),
        remarks=tuple(plain["remarks"]),
        twice_of=plain["twice_of"],
        twice_because=plain["twice_because"],
    )


def _company(plain: Mapping[str, Any]) -> Company:
    return Company(**_told(plain), mentors=tuple(map(_person, plain["mentors"])))

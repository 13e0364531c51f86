"""Find people whose entries cannot be used, and say which entry it is."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching import codes
from matching.people import Mentee, Mentor, Person

MISSING: Final = "missing"
WRONG_TYPE: Final = "wrong_type"
UNKNOWN_CODE: Final = "unknown_code"
NOT_FINITE: Final = "not_finite"
OUT_OF_RANGE: Final = "out_of_range"
PROBLEMS: Final = (MISSING, WRONG_TYPE, UNKNOWN_CODE, NOT_FINITE, OUT_OF_RANGE)

LARGEST_METRES: Final = 1e8
LARGEST_KM: Final = 20_040
"""Half the girth of the earth: nobody lives farther away."""
LARGEST_CAPACITY: Final = 1_000_000_000

_ISCO: Final = re.compile(r"[0-9]{1,4}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_AVOID: Final = re.compile(r"(company|mentor|mentee):.+", re.DOTALL)
_OCCUPATION_WISH: Final = re.compile(r"occupation:[0-9]{1,4}")

Check = Callable[[object], str | None]


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """One entry because of which a person takes no part; `problem` is one of `PROBLEMS`."""

    id: str
    side: str
    field: str
    problem: str


def find_problems(person: Person) -> list[SetAside]:
    """List every entry of a person that cannot be used, in the order of the fields."""
    side, checks = ("mentor", _MENTOR) if isinstance(person, Mentor) else ("mentee", _MENTEE)
    name: object = person.id
    label = name if isinstance(name, str) else ""
    found = ((field, check(getattr(person, field))) for field, check in checks.items())
    return [
        SetAside(id=label, side=side, field=field, problem=problem)
        for field, problem in found
        if problem
    ]


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return WRONG_TYPE
    return None if value else MISSING


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else WRONG_TYPE


def _integer(low: int, high: int) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return WRONG_TYPE
        return None if low <= value <= high else OUT_OF_RANGE

    return check


def _number(low: float, high: float) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return WRONG_TYPE
        if isinstance(value, float) and not math.isfinite(value):
            return NOT_FINITE
        return None if low <= value <= high else OUT_OF_RANGE

    return check


def _optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _one_of(known: Collection[str]) -> Check:
    return _code(lambda text: text in known)


def _matching(*patterns: re.Pattern[str]) -> Check:
    return _code(lambda text: any(pattern.fullmatch(text) for pattern in patterns))


def _code(is_known: Callable[[str], object]) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return WRONG_TYPE
        return None if is_known(value) else UNKNOWN_CODE

    return check


def _listed(check: Check) -> Check:
    return lambda value: _each(check, value) if isinstance(value, tuple | list) else WRONG_TYPE


def _chosen(check: Check) -> Check:
    def check_all(value: object) -> str | None:
        if not isinstance(value, tuple | list | set | frozenset):
            return WRONG_TYPE
        return _each(check, value)

    return check_all


def _each(check: Check, values: Iterable[object]) -> str | None:
    return next((problem for problem in map(check, values) if problem), None)


def _languages(value: object) -> str | None:
    if value is None:
        return MISSING
    if not isinstance(value, Mapping):
        return WRONG_TYPE
    if not value:
        return MISSING
    return _listed(_matching(_LANGUAGE))(list(value)) or _listed(_one_of(codes.CEFR))(
        list(value.values())
    )


def _place(value: object) -> str | None:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        return WRONG_TYPE
    return _listed(_number(-LARGEST_METRES, LARGEST_METRES))(list(value))


def _field_of_study(code: str) -> bool:
    return 2 <= len(code) <= 4 and code.isascii() and code.isdigit() and code[:2] in _BROAD


_BROAD: Final = frozenset(codes.BROAD_FIELDS)
_OCCUPATION: Final = _optional(_matching(_ISCO))

_BOTH: Final[dict[str, Check]] = {
    "id": _text,
    "languages": _languages,
    "sectors": _listed(_one_of(codes.SECTION_OF)),
    "occupation": _OCCUPATION,
    "level": _optional(_integer(1, 8)),
    "fields": _listed(_code(_field_of_study)),
    "place": _optional(_place),
    "reach_km": _optional(_number(0, LARGEST_KM)),
    "modes": _optional(_chosen(_one_of(codes.MODES))),
    "slots": _optional(_chosen(_one_of(codes.SLOTS))),
    "gender": _optional(_one_of(codes.GENDERS)),
    "avoid": _listed(_matching(_AVOID)),
}
_MENTOR: Final = _BOTH | {
    "recognition": _listed(_matching(_ISCO)),
    "capacity": _integer(0, LARGEST_CAPACITY),
    "offers": _chosen(_one_of(codes.NEEDS)),
    "company": _optional(_text),
    "prefer": _listed(
        _matching(_OCCUPATION_WISH, re.compile(f"need:({'|'.join(codes.NEEDS)})")),
    ),
}
_MENTEE: Final = _BOTH | {
    "past_occupation": _OCCUPATION,
    "recognition": _optional(_one_of(codes.RECOGNITION)),
    "waiting": _integer(0, LARGEST_CAPACITY),
    "previous": _listed(_text),
    "same_gender": _flag,
    "needs": _chosen(_one_of(codes.NEEDS)),
    "prefer": _listed(_text),
}
CHECKED_FIELDS: Final = {Mentor: tuple(_MENTOR), Mentee: tuple(_MENTEE)}

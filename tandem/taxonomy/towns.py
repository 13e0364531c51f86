"""Places by postal code or name: towns of the region by name, all of Germany by code."""

import re
from dataclasses import dataclass
from functools import cache

from tandem.taxonomy.index import Index
from tandem.taxonomy.names import read_rows
from tandem.taxonomy.places import is_postal_code, postal_codes
from tandem.taxonomy.ranking import Name
from tandem.taxonomy.vocabulary import prefix_range

MOST_FOUND = 8
_GERMAN = "de"
_DIGITS = re.compile(r"(?<![0-9])[0-9]{2,5}(?![0-9])")
_SAINT = re.compile(r"\b(?:st|skt)\b\.?", re.IGNORECASE)
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Place:
    """A postal code with one of its towns; ``name`` is empty where only the code is known."""

    code: str
    name: str


def town_names(code: str) -> tuple[str, ...]:
    """Return the towns and municipalities of a postal code, the one it is known by first."""
    return _towns().get(code, ())


def search_places(text: str, *, most: int = MOST_FOUND) -> list[Place]:
    """Return places for a postal code, its beginning, or a town's name, best first.

    A code stands once, with the town it is known by; those with a name come first, then by
    code. A town stands once for each of its codes. Of ``25746 Heide`` the code decides, unless
    there is none of it.
    """
    digits = _DIGITS.search(text)
    by_code = _by_code(digits.group(), most) if digits else []
    return by_code or _by_name(_DIGITS.sub(" ", text), most)


def _by_code(beginning: str, most: int) -> list[Place]:
    codes = postal_codes()
    among = prefix_range(codes, beginning)
    found = sorted(codes[among.start : among.stop], key=lambda code: (not town_names(code), code))
    return [Place(code, next(iter(town_names(code)), "")) for code in found[:most]]


def _by_name(text: str, most: int) -> list[Place]:
    hits = _index().search(_SAINT.sub("Sankt", text), _GERMAN, most=most)
    return [Place(*hit.code.split(" ", 1)) for hit in hits]


@cache
def _towns() -> dict[str, tuple[str, ...]]:
    return {
        row["code"]: tuple(row["names"].split(_BETWEEN))
        for row in read_rows("places")
        if is_postal_code(row["code"])
    }


@cache
def _index() -> Index:
    """Return the index of towns; what it finds is code and name, parted by a space."""
    return Index(
        Name(f"{code} {town}", town, _GERMAN) for code, towns in _towns().items() for town in towns
    )

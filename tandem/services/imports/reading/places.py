"""Postal codes and places, together or alone."""

import re
from collections.abc import Iterable

from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import (
    Outcome,
    answered,
    asked,
    exact,
    read,
    says_nothing,
    unknown,
)
from tandem.taxonomy import is_postal_code
from tandem.taxonomy.towns import search_places, town_names

_CODE = re.compile(r"(?<!\d)(?:D[-\s]?)?(\d{4,5})(?!\d)")
_DIGITS = 5
_SHORT = {"st": "sankt", "kr": "kreis"}

_MOST_OFFERED = 8


def has_postal_code(text: str) -> bool:
    """Tell whether a postal code of Germany stands in ``text``."""
    return any(is_postal_code(code) for code in _codes(text))


def is_town_of(code: str, text: str) -> bool:
    """Tell whether ``text`` is the name of a town of this postal code."""
    return _name_in(text) in map(_name_in, town_names(code))


def _codes(text: str) -> list[str]:
    """Return the numbers in ``text`` that may be postal codes, lost zeros put back."""
    return [code.zfill(_DIGITS) for code in _CODE.findall(text)]


class Places:
    """Reads places; what the list itself says of one row helps with the others."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._named: dict[str, dict[str, None]] = {}
        for text in texts:
            known = [code for code in _codes(text) if is_postal_code(code)]
            name = _name_in(text)
            if len(known) == 1 and name:
                self._named.setdefault(name, {})[known[0]] = None

    def read(self, text: str, asking: Asking) -> Outcome:
        """Read a postal code, or the name of a place that has only one."""
        known = answered("postal_code", text, asking)
        if known is not None:
            return known
        codes = [code for code in dict.fromkeys(_codes(text)) if is_postal_code(code)]
        if len(codes) == 1:
            return self._from_code(codes[0], text)
        if says_nothing(text):
            return unknown("postal_code", text)
        codes = codes or self._of_name(_name_in(text))
        if len(codes) == 1:
            return read("postal_code", codes[0], text)
        return asked("postal_code", text, asking, offer=lambda: codes or _similar(text))

    def _from_code(self, code: str, text: str) -> Outcome:
        name = _name_in(text)
        is_whole = not name or is_town_of(code, name)
        if code in text and is_whole and not any(map(str.isdigit, text.replace(code, "", 1))):
            return exact("postal_code", code, text)
        return read("postal_code", code, text)

    def _of_name(self, name: str) -> list[str]:
        if not name:
            return []
        found = [place.code for place in search_places(name) if _name_in(place.name) == name]
        return list(dict.fromkeys([*self._named.get(name, ()), *found]))


def _similar(text: str) -> list[str]:
    """Return the postal codes of places whose names are like what stands in ``text``."""
    return list(dict.fromkeys(place.code for place in search_places(text, most=_MOST_OFFERED)))


def _name_in(text: str) -> str:
    """Return the name of a place that stands beside its postal code, normalised."""
    words = normalise(_CODE.sub(" ", text)).split()
    return " ".join(_SHORT.get(word, word) for word in words if not word.isdigit())

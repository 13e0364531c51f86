"""People who seem to stand in a list twice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from tandem.services.imports.asking import normalise
from tandem.services.imports.understood import Person

LEAST_LIKENESS = 90
_MOST_COMPARED = 60
_LETTERS = 3
_DIGITS = re.compile(r"\d+")


def mark_doubles(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people, those marked who share mail, or similar name and place, with an earlier.

    Notes
    -----
    The same name is always found in the same place. Similar names are compared within a place,
    among those that share the first letters of a word, and with the latest of these only: time
    grows with the number of people, not with its square.
    """
    by_mail: dict[str, int] = {}
    similar = _Similar()
    marked = []
    for person in people:
        mail = person.value("email")
        by_name = similar.earlier(person)
        by_mail_line = by_mail.setdefault(mail, person.line) if isinstance(mail, str) else None
        if by_mail_line is not None and by_mail_line != person.line:
            marked.append(replace(person, twice_of=by_mail_line, twice_because="same_mail"))
        elif by_name is not None:
            marked.append(replace(person, twice_of=by_name, twice_because="similar_name"))
        else:
            marked.append(person)
    return tuple(marked)


class _Similar:
    """Names seen so far, where they can be found again in spite of a typing error."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        self._seen: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def earlier(self, person: Person) -> int | None:
        """Return the line of an earlier person of similar name and place, and remember this."""
        name = _name(person)
        if not name:
            return None
        place = str(person.value("postal_code") or "")
        same = self._lines.setdefault((place, name), person.line)
        if same != person.line:
            return same
        blocks = [self._seen.setdefault((place, start), []) for start in _starts(name)]
        found = min(
            (line for block in blocks for line in _alike(name, block)),
            default=None,
        )
        for block in blocks:
            block.append((name, person.line))
        return found


def _alike(name: str, block: Sequence[tuple[str, int]]) -> Iterable[int]:
    for other, line in block[-_MOST_COMPARED:]:
        if _are_alike(name, other):
            yield line


def _are_alike(name: str, other: str) -> bool:
    alike = fuzz.ratio(name, other) >= LEAST_LIKENESS
    return alike and _DIGITS.findall(name) == _DIGITS.findall(other)


def _name(person: Person) -> str:
    """Return the whole name with its words in order, normalised; empty without two words."""
    parts = (person.value("first_name"), person.value("last_name"))
    words = normalise(" ".join(str(part) for part in parts if part)).split()
    return " ".join(sorted(words)) if len(words) > 1 else ""


def _starts(name: str) -> set[str]:
    return {word[:_LETTERS] for word in name.split()}

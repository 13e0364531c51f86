"""Names that were found, and which of them come first."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

# How much a name is its code's own: its own, an everyday one, from ESCO, that of its group.
OWN, EVERYDAY, ESCO, ABOVE = range(4)
# How a name was found.
EXACT, BEGINNING, WORDS, INSIDE, RESEMBLING, PARTLY = range(6)

_NAMES_SHOWN = 3

Rank = tuple[int, int, bool, int, int]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a code; the higher the ``weight``, the less it is its own."""

    code: str
    text: str
    language: str
    weight: int = OWN


@dataclass(frozen=True, slots=True)
class Hit:
    """A code and its names that fit what was typed, the best first."""

    code: str
    names: tuple[Name, ...]


class Ranking:
    """The names found so far, each by the best way it was found."""

    def __init__(self, names: Sequence[Name], language: str, *, most: int) -> None:
        self._names = names
        self._language = language
        self._most = most
        self.best_way = PARTLY
        self._ranks: dict[int, Rank] = {}
        self._by_code: dict[str, list[int]] = {}

    @property
    def codes(self) -> int:
        """How many codes were found."""
        return len(self._by_code)

    @property
    def is_enough(self) -> bool:
        """Whether as many codes were found as are wanted."""
        return self.codes >= self._most

    def add(self, at: int, way: int, cost: int) -> None:
        """Note that a name was found this way, at this cost."""
        name = self._names[at]
        if way >= RESEMBLING and name.weight == ABOVE:
            return
        foreign, length = name.language != self._language, len(name.text)
        own = (length, name.weight) if way == RESEMBLING else (name.weight, length)
        rank = (way, cost, foreign, *own)
        known = self._ranks.get(at)
        if known is None:
            self._by_code.setdefault(name.code, []).append(at)
        if known is None or rank < known:
            self._ranks[at] = rank
            self.best_way = min(self.best_way, way)

    def best(self) -> list[Hit]:
        """Return the best codes, each with its best names."""
        ranked = [
            (min(self._ranks[at] for at in names), code) for code, names in self._by_code.items()
        ]
        return [self._hit(code) for _, code in heapq.nsmallest(self._most, ranked)]

    def _hit(self, code: str) -> Hit:
        at = heapq.nsmallest(
            _NAMES_SHOWN,
            self._by_code[code],
            key=lambda at: (*self._ranks[at], self._names[at].text, at),
        )
        return Hit(code, tuple(self._names[each] for each in at))

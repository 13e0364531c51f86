"""The words of many names, and which of them a typed word can mean."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LAST = "\U0010ffff"
_GAP = "\n"
_SHORTEST_INSIDE = 3
_SHORTEST_HEAD = 4
_LETTERS_AN_ERROR = 4
_LONGEST_HEARD = 12
_JOINT = "s"
_SHORTEST_MODIFIER = 5
# From how many letters so many typing errors are forgiven.
_FORGIVEN = ((12, 3), (8, 2), (4, 1))
# Ends of compounds that many occupations share, folded.
_ENDS = """
anlagen arbeiter experte expertin fachkraft frau gehilfe gehilfin geselle gesellin helfer
helferin hilfe hilfskraft kraft lehrling leute mann meister meisterin mitarbeiter mitarbeiterin
profi spezialist spezialistin
"""
COMMON_ENDS = frozenset(_ENDS.split())
_DOUBLE = re.compile(r"(.)\1+")
# What learners of German and English write for what they hear.
_HEARD = (
    ("eur", "oer"), ("sch", "s"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("dt", "t"),
    ("ck", "k"), ("chs", "x"), ("ks", "x"), ("qu", "kw"), ("tz", "z"),
    ("c", "k"), ("y", "i"), ("ie", "i"), ("v", "f"),
    ("ai", "ei"), ("ae", "e"), ("ah", "a"), ("eh", "e"), ("ih", "i"), ("oh", "o"), ("uh", "u"),
)  # fmt: skip


def prefix_range(words: list[str], prefix: str) -> range:
    """Return where in the sorted ``words`` those that begin with ``prefix`` stand."""
    return range(bisect_left(words, prefix), bisect_right(words, prefix + _LAST))


class Vocabulary:
    """Words in order, found by their beginning, by a part of them, or in spite of an error."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self._known = frozenset(self.words)
        self._run = _GAP.join(self.words)
        lengths = (len(word) + len(_GAP) for word in self.words)
        self._starts = list(accumulate(lengths, initial=0))
        heard = sorted((sound(word), place) for place, word in enumerate(self.words))
        self._sounds = [word for word, _ in heard]
        self._sound_places = [place for _, place in heard]
        self._cuts = _cuts(self._sounds)

    def beginning_with(self, typed: str) -> range:
        """Return the places of the words that begin with ``typed``."""
        return prefix_range(self.words, typed)

    def containing(self, typed: str) -> Iterator[int]:
        """Yield the places of the words that hold ``typed`` after their first letter."""
        if len(typed) < _SHORTEST_INSIDE:
            return
        at = self._run.find(typed)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            if at > self._starts[place]:
                yield place
            at = self._run.find(typed, self._starts[place + 1])

    def within(self, typed: str) -> tuple[str, str]:
        """Return the longest words that the compound ``typed`` begins and ends with, or ""."""
        ends = (typed[cut:] for cut in range(1, len(typed) - _SHORTEST_HEAD + 1))
        end = next((part for part in ends if part in self._known or part in COMMON_ENDS), "")
        if end in COMMON_ENDS:
            beginning = typed.removesuffix(end).removesuffix(_JOINT)
            return beginning if len(beginning) >= _SHORTEST_INSIDE else "", end
        cuts = range(len(typed) - 1, _SHORTEST_MODIFIER - 1, -1)
        return next((typed[:cut] for cut in cuts if typed[:cut] in self._known), ""), end

    def resembling(self, typed: str) -> dict[int, tuple[int, bool]]:
        """Return the places of words that begin nearly like ``typed``.

        With each stands by how many errors it differs, and whether it goes on after that.

        Notes
        -----
        By the optimal string alignment distance of the sounds: letters left out, put in,
        changed, or two neighbours swapped. First among the words with the same first letter,
        then among those whose first letter was changed, left out or put in.
        """
        heard = sound(typed)[:_LONGEST_HEARD]
        allowed = next((errors for length, errors in _FORGIVEN if len(typed) >= length), 0)
        allowed = min(allowed, max(1, len(heard) // _LETTERS_AN_ERROR))
        found: dict[int, tuple[int, bool]] = {}
        for among in (self._same_first, self._other_first):
            for length in range(len(heard) - 1, len(heard) + 2):
                for beginning, errors in _near(heard, among(heard, length), allowed):
                    for at in prefix_range(self._sounds, beginning):
                        place = self._sound_places[at]
                        differs = errors, len(self._sounds[at]) > len(heard) + 1
                        found[place] = min(differs, found.get(place, differs))
            if found:
                break
        return found

    def _same_first(self, heard: str, length: int) -> list[str]:
        """Return the beginnings of this length that have the same first letter."""
        beginnings = self._cuts[length].beginnings
        among = prefix_range(beginnings, heard[:1])
        return beginnings[among.start : among.stop]

    def _other_first(self, heard: str, length: int) -> list[str]:
        """Return those with one letter more, one less or another at the start."""
        cut = self._cuts[length]
        less = prefix_range(cut.beginnings, heard[1:2]) if heard[1:] else range(0)
        return [
            *cut.beginnings[less.start : less.stop],
            *cut.by_second.get(heard[:1], ()),
            *cut.by_second.get(heard[1:2], ()),
        ]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Beginnings of one length, in order, and by their second letter."""

    beginnings: list[str]
    by_second: dict[str, list[str]]


def _cuts(sounds: list[str]) -> dict[int, _Cut]:
    """Return the sounds, which are in order, cut to each length that is compared."""
    cuts: dict[int, _Cut] = {}
    for length in range(_LONGEST_HEARD + 1, -1, -1):
        # Cutting keeps the order, so that equal ones stand together.
        sounds = list(dict.fromkeys(word[:length] for word in sounds))
        by_second: dict[str, list[str]] = {}
        for beginning in sounds:
            by_second.setdefault(beginning[1:2], []).append(beginning)
        cuts[length] = _Cut(sounds, by_second)
    return cuts


def _near(heard: str, among: list[str], allowed: int) -> Iterator[tuple[str, int]]:
    """Yield those beginnings that differ from ``heard`` by the errors allowed."""
    for beginning, errors, _ in process.extract(
        heard, among, scorer=OSA.distance, score_cutoff=allowed, limit=None
    ):
        yield beginning, int(errors)


def sound(word: str) -> str:
    """Return a folded word as it is heard: ph as f, y as i, double letters once."""
    for letters, heard in _HEARD:
        word = word.replace(letters, heard)
    return _DOUBLE.sub(r"\1", word)

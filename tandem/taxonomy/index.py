"""Names of codes, found by what people type: half a word, another order, a typing error."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tandem.taxonomy.vocabulary import COMMON_ENDS, Vocabulary, prefix_range
from tandem.taxonomy.words import fold, other_gender, spellings, without_both_genders

# How much a name is its code's own: its own, an everyday one, from ESCO, that of its group.
OWN, EVERYDAY, ESCO, ABOVE = range(4)
# How a name was found.
EXACT, BEGINNING, WORDS, INSIDE, RESEMBLING, PARTLY = range(6)

_HALF_COST = 2
_END_COST, _INSIDE_COST, _COMPOUND_COST = 3, 4, 5
_ERROR_COST = 10
_HEAD_COST, _MODIFIER_COST = 25, 35
_MISSING_COST = 50
_OTHER_GENDER_COST = 1
_NAMES_SHOWN = 3
_LEAST_SHARE = 0.4
_LONGEST_TYPED = 100
_MOST_WORDS = 8
# Words that say nothing of what is looked for, folded.
_EMPTY_WORDS = """
a an and als am auf bei das der die een et for fuer fur i ich im in m my of oder on or the to
u und von w with x y zu zum zur mit ein eine
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())

Costs = dict[int, int]
Rank = tuple[int, bool, int, bool, int, int]


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


class Index:
    """Names to search; the same question always has the same answer in the same order."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = list(names)
        keys: list[tuple[str, int]] = []
        places: dict[str, set[int]] = {}
        for at, name in enumerate(self.names):
            for spelling in spellings(without_both_genders(name.text)):
                words = spelling.split()
                keys.append(("".join(words), at))
                for word in words:
                    places.setdefault(word, set()).add(at)
        keys.sort()
        self._keys = [key for key, _ in keys]
        self._key_names = [at for _, at in keys]
        self._vocabulary = Vocabulary(places)
        self._places = [places[word] for word in self._vocabulary.words]

    def search(self, typed: str, language: str, *, most: int) -> list[Hit]:
        """Return at most ``most`` codes, best first, for what somebody of ``language`` typed.

        Notes
        -----
        Exact names come first, then names that begin so, names whose words begin so in any
        order, names with these words inside compounds, names that differ by few typing errors,
        and, if nothing else was found, names with a good part of the words. Equal ones: the
        reader's language, own names before everyday ones, the shorter name, the code.
        """
        text = fold(without_both_genders(typed[:_LONGEST_TYPED]))
        words = _telling(text)
        if not words:
            return []
        found = _Found(self.names, language)
        for look in self._ways(text, words):
            look(found)
            if found.codes >= most:
                break
        return found.best(most)

    def _ways(self, text: str, words: Sequence[str]) -> Iterator[Callable[["_Found"], None]]:
        """Yield the ways to look, the strictest first."""
        yield partial(self._beginning, text)
        for reach in (WORDS, INSIDE):
            yield partial(self._all_words, words, reach)
        yield partial(self._nearly, words)

    def _beginning(self, text: str, found: "_Found") -> None:
        joined = text.replace(" ", "")
        other = other_gender(text).replace(" ", "")
        for key, cost in {other: _OTHER_GENDER_COST, joined: 0}.items():
            for place in prefix_range(self._keys, key):
                exact = len(self._keys[place]) == len(key)
                if cost == 0 or exact:
                    found.add(self._key_names[place], EXACT if exact else BEGINNING, cost)

    def _all_words(self, words: Sequence[str], reach: int, found: "_Found") -> None:
        costs = [self._costs(word, reach) for word in words]
        costs.sort(key=len)
        sums = {
            at: sum(other[at] for other in costs)
            for at in costs[0]
            if all(at in other for other in costs)
        }
        worst = min(sums.values(), default=0) + _ERROR_COST
        for at, cost in sums.items():
            if cost <= worst:
                found.add(at, reach, cost)

    def _nearly(self, words: Sequence[str], found: "_Found") -> None:
        """Forgive errors, and then missing words, unless something better was found."""
        if found.best_way > WORDS:
            self._all_words(words, RESEMBLING, found)
        if not found.codes:
            self._some_words(words, found)

    def _some_words(self, words: Sequence[str], found: "_Found") -> None:
        weights = {word: 1 if word in COMMON_ENDS else len(word) for word in words}
        letters = sum(weights.values())
        held: dict[int, int] = {}
        sums: Costs = {}
        for word, weight in weights.items():
            for at, cost in self._costs(word, RESEMBLING).items():
                held[at] = held.get(at, 0) + weight
                sums[at] = sums.get(at, 0) + cost
        for at, share in held.items():
            if share >= letters * _LEAST_SHARE:
                found.add(at, PARTLY, _MISSING_COST * (letters - share) + sums[at])

    def _costs(self, word: str, reach: int) -> Costs:
        """Return the names in which the word is found, and at what cost."""
        costs: Costs = {}
        for variant, extra in {other_gender(word): _OTHER_GENDER_COST, word: 0}.items():
            for place in self._vocabulary.beginning_with(variant):
                whole = self._vocabulary.words[place] == variant
                if whole or not extra:
                    self._put(costs, place, extra if whole else _HALF_COST)
            if reach >= INSIDE:
                self._inside(costs, variant, extra)
                self._compound(costs, variant, reach)
        if reach >= RESEMBLING:
            for place, (errors, goes_on) in self._vocabulary.resembling(word).items():
                self._put(costs, place, _ERROR_COST * (errors + 1) + _HALF_COST * goes_on)
        return costs

    def _inside(self, costs: Costs, word: str, extra: int) -> None:
        for place in self._vocabulary.containing(word):
            ends = self._vocabulary.words[place].endswith(word)
            self._put(costs, place, (_END_COST if ends else _INSIDE_COST) + extra)

    def _compound(self, costs: Costs, word: str, reach: int) -> None:
        """Take a typed compound apart: its end tells more than its beginning."""
        beginning, end = self._vocabulary.within(word)
        modifier, head = self._named(beginning), self._named(end)
        ways = [(modifier & head, _COMPOUND_COST)]
        if reach >= RESEMBLING and end in COMMON_ENDS:
            ways.append((modifier, _HEAD_COST))
        elif reach >= RESEMBLING:
            ways += [(head, _HEAD_COST), (modifier, _MODIFIER_COST)]
        for names, cost in ways:
            for at in names:
                costs[at] = min(costs.get(at, cost), cost)

    def _named(self, part: str) -> set[int]:
        """Return the names in which a word begins with this part of a compound."""
        if not part:
            return set()
        return set().union(*(self._places[at] for at in self._vocabulary.beginning_with(part)))

    def _put(self, costs: Costs, place: int, cost: int) -> None:
        for at in self._places[place]:
            costs[at] = min(costs.get(at, cost), cost)


def _telling(text: str) -> list[str]:
    """Return the words of a folded text that say what is looked for."""
    words = list(dict.fromkeys(text.split()))
    return ([word for word in words if word not in _EMPTY] or words)[:_MOST_WORDS]


class _Found:
    """The names found so far, each by the best way it was found."""

    def __init__(self, names: Sequence[Name], language: str) -> None:
        self._names = names
        self._language = language
        self.best_way = PARTLY
        self._ranks: dict[int, Rank] = {}
        self._by_code: dict[str, list[int]] = {}

    @property
    def codes(self) -> int:
        """How many codes were found."""
        return len(self._by_code)

    def add(self, at: int, way: int, cost: int) -> None:
        """Note that a name was found this way, at this cost."""
        name = self._names[at]
        foreign, length = name.language != self._language, len(name.text)
        own = (length, name.weight) if way == RESEMBLING else (name.weight, length)
        rank = (way, name.weight == ABOVE, cost, foreign, *own)
        known = self._ranks.get(at)
        if known is None:
            self._by_code.setdefault(name.code, []).append(at)
        if known is None or rank < known:
            self._ranks[at] = rank
            self.best_way = min(self.best_way, way)

    def best(self, most: int) -> list[Hit]:
        """Return the best codes, each with its best names."""
        ranked = [
            (min(self._ranks[at] for at in names), code) for code, names in self._by_code.items()
        ]
        return [self._hit(code) for _, code in heapq.nsmallest(most, ranked)]

    def _hit(self, code: str) -> Hit:
        at = heapq.nsmallest(
            _NAMES_SHOWN,
            self._by_code[code],
            key=lambda at: (*self._ranks[at], self._names[at].text, at),
        )
        return Hit(code, tuple(self._names[each] for each in at))

"""Names of codes, found by what people type: half a word, another order, a typing error."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tandem.taxonomy.vocabulary import Vocabulary, prefix_range
from tandem.taxonomy.words import fold, other_gender, spellings, without_both_genders

# How much a name is its code's own: its own, an everyday one, from ESCO, that of its group.
OWN, EVERYDAY, ESCO, ABOVE = range(4)
# How a name was found.
EXACT, BEGINNING, WORDS, INSIDE, RESEMBLING, PARTLY = range(6)

_INSIDE_COST = 2
_END_COST = 1
_COMPOUND_COST, _HEAD_COST, _MODIFIER_COST = 3, 5, 8
_ERROR_COST = 10
_OTHER_GENDER_COST = 1
_NAMES_SHOWN = 3
_LEAST_SHARE = 0.4
_LONGEST_TYPED = 100
_MOST_WORDS = 8
# Words that say nothing of what is looked for, folded.
_EMPTY = frozenset(
    """
    a an and als am auf bei das der die een et for fuer fur i ich im in m my of oder on or the to
    u und von w with x y zu zum zur mit ein eine
    """.split()
)

Costs = dict[int, int]
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
        for at in costs[0]:
            if all(at in other for other in costs):
                found.add(at, reach, sum(other[at] for other in costs))

    def _nearly(self, words: Sequence[str], found: "_Found") -> None:
        """Forgive errors, and then missing words, unless something better was found."""
        if found.best_way > WORDS:
            self._all_words(words, RESEMBLING, found)
        if not found.codes:
            self._some_words(words, found)

    def _some_words(self, words: Sequence[str], found: "_Found") -> None:
        letters = sum(map(len, words))
        missing: Costs = {}
        for word in words:
            for at in self._costs(word, RESEMBLING):
                missing[at] = missing.get(at, letters) - len(word)
        for at, left in missing.items():
            if left <= letters * (1 - _LEAST_SHARE):
                found.add(at, PARTLY, left)

    def _costs(self, word: str, reach: int) -> Costs:
        """Return the names in which the word is found, and at what cost."""
        costs: Costs = {}
        for variant, extra in {other_gender(word): _OTHER_GENDER_COST, word: 0}.items():
            for place in self._vocabulary.beginning_with(variant):
                if not extra or self._vocabulary.words[place] == variant:
                    self._put(costs, place, extra)
            if reach >= INSIDE:
                self._inside(costs, variant, extra)
        if reach >= RESEMBLING:
            for place, errors in self._vocabulary.resembling(word).items():
                self._put(costs, place, _ERROR_COST * (errors + 1))
        return costs

    def _inside(self, costs: Costs, word: str, extra: int) -> None:
        for place in self._vocabulary.containing(word):
            ends = self._vocabulary.words[place].endswith(word)
            self._put(costs, place, (_END_COST if ends else _INSIDE_COST) + extra)
        modifier, head = (self._named(part) for part in self._vocabulary.within(word))
        for at in modifier | head:
            both = at in modifier and at in head
            cost = _HEAD_COST if at in head else _MODIFIER_COST
            costs[at] = min(costs.get(at, cost), _COMPOUND_COST if both else cost)

    def _named(self, part: str | None) -> set[int]:
        """Return the names in which a word begins with this part of a compound."""
        if part is None:
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
        rank = (way, cost, name.language != self._language, name.weight, len(name.text))
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

"""Names of codes, found by what people type: half a word, another order, a typing error."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tandem.taxonomy.ranking import (
    BEGINNING,
    EXACT,
    INSIDE,
    PARTLY,
    RESEMBLING,
    WORDS,
    Hit,
    Name,
    Ranking,
)
from tandem.taxonomy.vocabulary import COMMON_ENDS, Vocabulary, prefix_range
from tandem.taxonomy.words import fold, other_gender, spellings, without_both_genders

_HALF_COST = 2
_END_COST, _INSIDE_COST, _COMPOUND_COST = 3, 4, 5
_ERROR_COST = 10
_HEAD_COST, _MODIFIER_COST = 25, 35
_MISSING_COST = 50
_OTHER_GENDER_COST = 1
_LEAST_SHARE = 0.4
_LONGEST_TYPED = 100
_MOST_WORDS = 8
_SHORTEST_TELLING = 3
# Words that say nothing of what is looked for, folded.
_EMPTY_WORDS = """
a an and als am auf bei das der die een et for fuer fur i ich im in m my of oder on or the to
u und von w with x y zu zum zur mit ein eine
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())

Costs = dict[int, int]


class Index:
    """Names to search; the same question always has the same answer in the same order."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = list(names)
        keys: list[tuple[str, int]] = []
        holders: dict[str, set[int]] = {}
        for at, name in enumerate(self.names):
            for spelling in spellings(without_both_genders(name.text)):
                words = spelling.split()
                keys.append(("".join(words), at))
                for word in words:
                    holders.setdefault(word, set()).add(at)
        keys.sort()
        self._keys = [key for key, _ in keys]
        self._key_names = [at for _, at in keys]
        self._vocabulary = Vocabulary(holders)
        self._holders = [tuple(sorted(holders[word])) for word in self._vocabulary.words]
        held: list[list[int]] = [[] for _ in self.names]
        for place, held_by in enumerate(self._holders):
            for at in held_by:
                held[at].append(place)
        self._words = list(map(tuple, held))

    def search(self, typed: str, language: str, *, most: int) -> list[Hit]:
        """Return at most ``most`` codes, best first, for what somebody of ``language`` typed.

        Notes
        -----
        Exact names come first, then names that begin so, names whose words begin so in any
        order, names with these words inside compounds, names that differ by few typing errors,
        and, if nothing else was found, names with a good part of the words. Equal ones: fewer
        errors, the reader's language, own names before everyday ones, the shorter name, the
        code.
        """
        text = fold(without_both_genders(typed[:_LONGEST_TYPED]))
        words = _telling(text)
        if not words:
            return []
        found = Ranking(self.names, language, most=most)
        for look in self._ways(text, words):
            look(found)
            if found.is_enough:
                break
        return found.best()

    def _ways(self, text: str, words: Sequence[str]) -> Iterator[Callable[[Ranking], None]]:
        """Yield the ways to look, the strictest first."""
        yield partial(self._beginning, text)
        if max(map(len, words)) == 1:
            return
        for reach in (WORDS, INSIDE):
            yield partial(self._all_words, words, reach)
        yield partial(self._nearly, words)

    def _beginning(self, text: str, found: Ranking) -> None:
        joined = text.replace(" ", "")
        other = other_gender(text).replace(" ", "")
        for key, cost in {other: _OTHER_GENDER_COST, joined: 0}.items():
            for place in prefix_range(self._keys, key):
                exact = len(self._keys[place]) == len(key)
                if cost == 0 or exact:
                    found.add(self._key_names[place], EXACT if exact else BEGINNING, cost)

    def _nearly(self, words: Sequence[str], found: Ranking) -> None:
        """Forgive errors, and then missing words, unless something better was found."""
        if found.best_way > WORDS:
            self._all_words(words, RESEMBLING, found)
        if not found.codes:
            self._some_words(words, found)

    def _all_words(self, words: Sequence[str], reach: int, found: Ranking) -> None:
        """Take the names that hold all words, those of the least cost first."""
        rarest, *others = sorted((self._meant(word, reach) for word in words), key=self._size)
        for added, at in self._by_cost(rarest, found, others):
            found.add(at, reach, added)

    def _by_cost(
        self, rarest: "_Meant", found: Ranking, others: Sequence["_Meant"]
    ) -> Iterator[tuple[int, int]]:
        """Yield cost and name, as long as more are wanted and the costs are near the least."""
        costs = self._costs(rarest)
        sums: dict[int, list[int]] = {}
        for at, cost in costs.items():
            rest = [self._cost(at, other) for other in others]
            if None not in rest:
                sums.setdefault(cost + sum(filter(None, rest)), []).append(at)
        worst = max(min(sums, default=0), _ERROR_COST) + _ERROR_COST
        for cost in sorted(sums):
            if cost > worst or found.is_enough:
                return
            for at in sums[cost]:
                yield cost, at

    def _some_words(self, words: Sequence[str], found: Ranking) -> None:
        weights = {word: 1 if word in COMMON_ENDS else len(word) for word in words}
        letters = sum(weights.values())
        held: dict[int, int] = {}
        sums: Costs = {}
        for word, weight in weights.items():
            if weight < _SHORTEST_TELLING < max(weights.values()):
                continue
            for at, cost in self._costs(self._meant(word, RESEMBLING)).items():
                held[at] = held.get(at, 0) + weight
                sums[at] = sums.get(at, 0) + cost
        for at, share in held.items():
            if share >= letters * _LEAST_SHARE:
                found.add(at, PARTLY, _MISSING_COST * (letters - share) + sums[at])

    def _meant(self, word: str, reach: int) -> "_Meant":
        """Return what a typed word can mean, and at what cost."""
        meant = _Meant({}, {})
        for variant, extra in {other_gender(word): _OTHER_GENDER_COST, word: 0}.items():
            for place in self._vocabulary.beginning_with(variant):
                whole = self._vocabulary.words[place] == variant
                if whole or not extra:
                    _put(meant.words, place, extra if whole else _HALF_COST)
            if reach >= INSIDE:
                for place in self._vocabulary.containing(variant):
                    ends = self._vocabulary.words[place].endswith(variant)
                    _put(meant.words, place, (_END_COST if ends else _INSIDE_COST) + extra)
                self._compound(meant, variant, reach)
        if reach >= RESEMBLING:
            for place, (errors, goes_on) in self._vocabulary.resembling(word).items():
                _put(meant.words, place, _ERROR_COST * (errors + 1) + _HALF_COST * goes_on)
        return meant

    def _compound(self, meant: "_Meant", word: str, reach: int) -> None:
        """Take a typed compound apart: its end tells more than its beginning."""
        beginning, end = self._vocabulary.within(word)
        modifier = self._vocabulary.beginning_with(beginning) if beginning else range(0)
        head = self._vocabulary.beginning_with(end) if end else range(0)
        ends = {at for place in head for at in self._holders[place]} if modifier else set()
        for place in modifier if ends else ():
            for at in self._holders[place]:
                if at in ends:
                    _put(meant.names, at, _COMPOUND_COST)
        if reach < RESEMBLING:
            return
        common = end in COMMON_ENDS
        for place in modifier:
            _put(meant.words, place, _HEAD_COST if common else _MODIFIER_COST)
        for place in () if common else head:
            _put(meant.words, place, _HEAD_COST)

    def _size(self, meant: "_Meant") -> int:
        return len(meant.names) + sum(len(self._holders[place]) for place in meant.words)

    def _costs(self, meant: "_Meant") -> Costs:
        """Return the names that hold what is meant, and at what cost."""
        costs = dict(meant.names)
        for place, cost in meant.words.items():
            for at in self._holders[place]:
                _put(costs, at, cost)
        return costs

    def _cost(self, at: int, meant: "_Meant") -> int | None:
        """Return at what cost a name holds what is meant, None if it does not."""
        costs = [meant.words[place] for place in self._words[at] if place in meant.words]
        if at in meant.names:
            costs.append(meant.names[at])
        return min(costs, default=None)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a typed word can mean: words of the vocabulary, or names that hold its parts."""

    words: Costs
    names: Costs


def _put(costs: Costs, key: int, cost: int) -> None:
    known = costs.get(key)
    if known is None or cost < known:
        costs[key] = cost


def _telling(text: str) -> list[str]:
    """Return the words of a folded text that say what is looked for."""
    words = list(dict.fromkeys(text.split()))
    return ([word for word in words if word not in _EMPTY] or words)[:_MOST_WORDS]

"""Draws that are the same on every machine, whatever else is drawn."""

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

_BITS: Final = 32
_BLOCK: Final = struct.Struct("<16I")


class Loaded(Generic[Item]):
    """Things to draw from, each with a whole number that says how often it comes."""

    def __init__(self, weights: Mapping[Item, int]) -> None:
        self.items = tuple(weights)
        self.ends = tuple(accumulate(weights.values()))


class Dice:
    """Draws for one thing, named by a path such as region, seed, side and number.

    Notes
    -----
    BLAKE2b over the path and a counter, 32 bits a draw, whole numbers only: no generator and
    no floating point whose results may change between versions. A draw below n is off the
    even distribution by less than n / 2^32.
    """

    def __init__(self, *path: str | int) -> None:
        self._path = ":".join(map(str, path))
        self._blocks = 0
        self._draws: list[int] = []

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to `bound` - 1."""
        if not self._draws:
            text = f"{self._path}:{self._blocks}".encode()
            self._draws = list(_BLOCK.unpack(hashlib.blake2b(text).digest()))
            self._blocks += 1
        return self._draws.pop() * bound >> _BITS

    def chance(self, percent: int) -> bool:
        """Draw whether something happens that happens in so many cases of a hundred."""
        return self.below(100) < percent

    def around(self, metres: int) -> int:
        """Draw a whole number between -`metres` and `metres`, near 0 more often."""
        return self.below(metres + 1) - self.below(metres + 1)

    def pick(self, loaded: Loaded[Item]) -> Item:
        """Draw one thing by its weight."""
        return loaded.items[bisect_right(loaded.ends, self.below(loaded.ends[-1]))]

    def several(self, loaded: Loaded[Item], tries: int) -> tuple[Item, ...]:
        """Draw so many times; each thing counts once, hence the result may be shorter."""
        return tuple(dict.fromkeys(self.pick(loaded) for _ in range(tries)))

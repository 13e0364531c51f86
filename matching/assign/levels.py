"""Scores as levels, of which the lowest counts most, in whole numbers of any length."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Mask, Wide
from matching.assign.prices import Prices
from matching.assign.problem import Problem


@dataclass(frozen=True, eq=False)
class Levels:
    """The scores that open pairs have, each a level.

    Attributes
    ----------
    scores : int array, shape (n_levels,), rising
    rank : int array, shape (n_mentors, n_mentees)
        Level of every pair; of a pair that is not open, one beyond the last.
    limits : int array, shape (n_levels,)
        No more pairs than that can be at a level.
    """

    scores: NDArray[np.integer]
    rank: Index
    limits: Index

    @classmethod
    def of(cls, problem: Problem) -> "Levels":
        """Find the levels of a problem."""
        scores = np.unique(problem.scores[problem.open])
        rank = np.where(problem.open, np.searchsorted(scores, problem.scores), len(scores))
        return cls(scores, rank, count_mentees(rank, len(scores)))

    def without(self, pairs: Mask, first: int, end: int) -> Mask:
        """Keep the pairs that are not at these levels."""
        return pairs & ((self.rank < first) | (self.rank >= end))

    def pack(self, first: int, bits: int) -> tuple[int, ...]:
        """Weigh as many levels as fit, from one on, see :meth:`weigh`."""
        radix, last = 1 + int(self.limits[first]), first + 1
        while last < len(self.scores) and radix * (1 + int(self.limits[last])) <= 2**bits:
            radix *= 1 + int(self.limits[last])
            last += 1
        return self.weigh(first, last)

    def weigh(self, first: int, end: int) -> tuple[int, ...]:
        """Weigh these levels, so that one pair outweighs all that can be at those after it."""
        digits = [1]
        for limit in self.limits[first + 1 : end][::-1].tolist():
            digits.append(digits[-1] * (1 + limit))
        return tuple(reversed(digits))

    def cost_of(self, first: int, digits: Sequence[int]) -> Wide:
        """Return the weight of every pair at these levels, 0 elsewhere."""
        costs = np.zeros(len(self.scores) + 1, dtype=np.int64)
        costs[first : first + len(digits)] = digits
        return costs[self.rank]


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of a solution by stages, each among what is optimal for those before.

    Attributes
    ----------
    mentors, mentees : int64 arrays
        Doubled prices; below 0 only for those who had one above 0 before.
    first, digits : the weights of some levels, from the first of them on
    """

    mentors: Wide
    mentees: Wide
    first: int = 0
    digits: tuple[int, ...] = ()


def compose(stages: Sequence[Stage], levels: Levels) -> Prices:
    """Put prices and weights of all stages into one number each, the first stage on top.

    Every stage is multiplied by more than all later ones can add up to, so that comparing
    the numbers is comparing the stages one after the other.
    """
    mentors = np.zeros(stages[0].mentors.shape, dtype=object)
    mentees = np.zeros(stages[0].mentees.shape, dtype=object)
    costs = [0] * len(levels.scores)
    pairs = min(levels.rank.shape) + int(levels.rank.size > 0)
    unit = rest = 1
    for stage in reversed(stages):
        unit = rest
        mentors = mentors + stage.mentors.astype(object) * unit
        mentees = mentees + stage.mentees.astype(object) * unit
        for level, digit in enumerate(stage.digits, start=stage.first):
            costs[level] = digit * unit
        highest = 2 * max(stage.digits, default=0)
        bounds = (int(np.abs(side).max(initial=0)) for side in (stage.mentors, stage.mentees))
        rest += unit * (sum(bounds) + highest * (levels.rank.shape[1] + pairs + 1))
    return Prices(
        mentors=mentors,
        mentees=mentees,
        scale=1,
        bonus=unit,
        levels=tuple(levels.scores.tolist()),
        costs=tuple(costs),
    )


def count_mentees(rank: Index, n_levels: int) -> Index:
    """Count the mentees who have a pair at each level."""
    seen = np.zeros((n_levels + 1, rank.shape[1]), dtype=np.bool_)
    seen[rank, np.arange(rank.shape[1])] = True
    counts: Index = np.count_nonzero(seen[:n_levels], axis=1)
    return counts

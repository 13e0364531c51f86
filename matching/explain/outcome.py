"""A solved cohort, as the explanations need it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from matching.arrays import Costs, Index, Mask, Points
from matching.assign import Assignment, Source
from matching.assign.aims import Worth
from matching.assign.blocks import Ready
from matching.cohort import Cohort
from matching.explain.exchange import Exchange
from matching.scores import Scoring

LARGEST_IN_32_BITS: Final = 2**26
"""Costs of exchanges are sums of at most eight prices, each at most twice the highest worth."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What was asked and what came out, by position in the cohort.

    Attributes
    ----------
    scores : int16 array, shape (n_mentors, n_mentees)
    shut_out : rule, or ``floor``, to bool array of the same shape
    allowed : bool array of the same shape
        Pairs that no rule and no floor shuts out, and the pinned ones.
    places : int array, shape (n_mentors,)
        Tandems that each mentor is free for.
    pinned : int array, shape (p, 2)
    """

    cohort: Cohort
    scoring: Scoring
    scores: Points
    shut_out: dict[str, Mask]
    allowed: Mask
    places: Index
    pinned: Index
    assignment: Assignment

    @property
    def source(self) -> Source:
        """The scores of pairs that may be made, by blocks."""
        return Ready(self.scores, self.allowed)

    @cached_property
    def is_pinned(self) -> Mask:
        """Which pairs are pinned, in the order of the assignment."""
        pins = set(map(tuple, self.pinned.tolist()))
        pairs = self.assignment.pairs.tolist()
        return np.array([tuple(pair) in pins for pair in pairs], dtype=np.bool_)

    @cached_property
    def is_pinned_mentee(self) -> Mask:
        """Which mentees are pinned, shape (n_mentees,)."""
        return np.isin(np.arange(self.cohort.shape[1]), self.pinned[:, 1])

    @cached_property
    def exchange(self) -> Exchange:
        """What every other choice would cost."""
        prices, pairs = self.assignment.prices, self.assignment.pairs
        highest = Worth(prices.scale, prices.bonus).highest
        narrow: type[np.signedinteger] = np.int32 if highest < LARGEST_IN_32_BITS else np.int64
        worth = 2 * (self.scores.astype(np.int64) * prices.scale + prices.bonus)
        slack: Costs = (prices.mentors[:, None] + prices.mentees - worth).astype(narrow)
        pins_of = np.bincount(self.pinned[:, 0], minlength=len(self.places))
        shut = ~self.allowed
        shut[:, self.is_pinned_mentee] = True
        shut[pins_of >= self.places] = True
        slack[shut] = np.iinfo(narrow).max // 2
        free_mentees = np.ones(slack.shape[1], dtype=np.bool_)
        free_mentees[pairs[:, 1]] = False
        return Exchange(
            slack=slack,
            pairs=pairs[~self.is_pinned],
            free_mentors=np.bincount(pairs[:, 0], minlength=len(self.places)) < self.places,
            free_mentees=free_mentees,
            prices=prices,
        )

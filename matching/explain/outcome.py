"""A solved cohort, as the explanations need it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypedDict

import numpy as np

from matching.arrays import Costs, Index, Mask, Points
from matching.assign import Assignment, Source
from matching.assign.aims import Worth
from matching.assign.blocks import Ready
from matching.cohort import Cohort
from matching.explain.exchange import Exchange
from matching.explain.fair_exchange import FEW, FairExchange
from matching.explain.losses import Losses
from matching.scores import Scoring

LARGEST_IN_32_BITS: Final = 2**26
"""Costs of exchanges are sums of at most eight prices, each at most twice the highest worth."""


class Present(TypedDict):
    """Who has whom, but for the pins, and who is free."""

    pairs: Index
    free_mentors: Mask
    free_mentees: Mask


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

    @property
    def is_explained(self) -> bool:
        """Whether alternatives, margins and changes are told without being asked for."""
        return self.cohort.policy.aim != "fair" or (
            self.assignment.tandems <= FEW and self.scores.size <= FEW**2
        )

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
        """What every other choice would cost, under an aim that is a sum."""
        prices = self.assignment.prices
        highest = Worth(prices.scale, prices.bonus).highest
        narrow: type[np.signedinteger] = np.int32 if highest < LARGEST_IN_32_BITS else np.int64
        worth = 2 * (self.scores.astype(np.int64) * prices.scale + prices.bonus)
        slack: Costs = (prices.mentors[:, None] + prices.mentees - worth).astype(narrow)
        slack[~self._can_change] = np.iinfo(narrow).max // 2
        return Exchange(slack=slack, prices=prices, **self._present)

    @cached_property
    def fair_exchange(self) -> FairExchange:
        """What every other choice would cost, under ``fair``."""
        prices = self.assignment.prices
        rank = np.searchsorted(prices.levels, self.scores)
        rank[~self._can_change] = len(prices.levels)
        return FairExchange(scores=self.scores, rank=rank, prices=prices, **self._present)

    @property
    def losses(self) -> Losses:
        """What the absence of each person would cost."""
        is_fair = self.cohort.policy.aim == "fair"
        return self.fair_exchange.losses if is_fair else self.exchange.losses

    @property
    def _can_change(self) -> Mask:
        """Which pairs may be made beside the pinned ones."""
        pins_of = np.bincount(self.pinned[:, 0], minlength=len(self.places))
        return self.allowed & ~self.is_pinned_mentee & (pins_of < self.places)[:, None]

    @property
    def _present(self) -> Present:
        pairs = self.assignment.pairs
        return {
            "pairs": pairs[~self.is_pinned],
            "free_mentors": np.bincount(pairs[:, 0], minlength=len(self.places)) < self.places,
            "free_mentees": ~np.isin(np.arange(self.cohort.shape[1]), pairs[:, 1]),
        }

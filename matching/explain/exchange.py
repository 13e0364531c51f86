"""What every other choice would cost, exactly, without solving again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from matching.arrays import Costs, Index, Mask
from matching.assign.aims import Worth
from matching.assign.prices import Prices

NOBODY: Final = 0
"""The node of everyone who is free: mentors with a place left, mentees without a mentor."""


@dataclass(frozen=True, eq=False)
class Exchange:
    """Who could take whose place, and at what price.

    Attributes
    ----------
    slack : int32 or int64 array, shape (n_mentors, n_mentees)
        By how much a pair's prices exceed twice its worth; `shut` where it cannot be made.
    pairs : int array, shape (k, 2)
        The pairs made, but for the pinned ones; pair p is node p + 1.
    free_mentors, free_mentees : bool arrays
        Who still has a place; who has no mentor.
    prices : see :class:`matching.assign.Prices`

    Notes
    -----
    Forcing a pair (i, j) frees the present mentor of j and displaces somebody of i. What
    follows is a path of exchanges between the two; by linear programming duality the
    cheapest one is a shortest path in the slacks, which are the reduced costs [1]_. All
    such paths are found at once, in O(k^3), by the algorithm of Floyd and Warshall.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, "Network Flows", 1993, chapters 9, 12.
    """

    slack: Costs
    pairs: Index
    free_mentors: Mask
    free_mentees: Mask
    prices: Prices

    @property
    def worth(self) -> Worth:
        """What the aim of the result values."""
        return Worth(self.prices.scale, self.prices.bonus)

    @property
    def shut(self) -> int:
        """Marks what cannot be; two of them still add up."""
        return int(np.iinfo(self.slack.dtype).max // 2)

    @cached_property
    def node_of(self) -> Index:
        """Node of every mentee."""
        nodes = np.full(self.slack.shape[1], NOBODY)
        nodes[self.pairs[:, 1]] = np.arange(1, len(self.pairs) + 1)
        return nodes

    @cached_property
    def steps(self) -> Costs:
        """Cost, from node to node, that the mentor of one takes the mentee of the other."""
        rows, columns = self.pairs[:, 0], self.pairs[:, 1]
        costs = np.zeros((len(rows) + 1, len(rows) + 1), dtype=self.slack.dtype)
        costs[1:, 1:] = self.slack[rows[:, None], columns]
        idle = self.slack[:, self.free_mentees].min(axis=1, initial=self.shut)
        costs[1:, NOBODY] = np.minimum(self.prices.mentors, idle)[rows]
        relief = self.slack[self.free_mentors].min(axis=0, initial=self.shut)
        costs[NOBODY, 1:] = np.minimum(self.prices.mentees, relief)[columns]
        return costs

    @cached_property
    def paths(self) -> Costs:
        """Cost of the cheapest chain of steps from node to node."""
        costs = self.steps.copy()
        through = np.empty_like(costs)
        for node in range(len(costs)):
            np.add(costs[:, node, None], costs[node], out=through)
            np.minimum(costs, through, out=costs)
        return costs

    @cached_property
    def forced(self) -> Costs:
        """Cost of forcing each pair, shape of `slack`; `shut` where it is made or cannot be."""
        costs: Costs = np.minimum(self.slack + self._entry[self.node_of].T, self.shut)
        costs[self.pairs[:, 0], self.pairs[:, 1]] = self.shut
        return costs

    def cost_of_leaving(self, mentee: int) -> int:
        """Cost of leaving one mentee without a mentor."""
        freed = self.paths[self.node_of[mentee], NOBODY]
        return int(self.prices.mentees[mentee]) + int(freed)

    def chain(self, mentor: int, mentee: int) -> list[int]:
        """List the nodes of a cheapest exchange that lets this mentor have this mentee."""
        start, end = int(self.node_of[mentee]), self._displaced(mentor, mentee)
        return _shortest(self.steps, self.paths[:, end], start=start, end=end)

    def _displaced(self, mentor: int, mentee: int) -> int:
        if self.free_mentors[mentor]:
            return NOBODY
        nodes = 1 + np.flatnonzero(self.pairs[:, 0] == mentor)
        return int(nodes[self.paths[self.node_of[mentee], nodes].argmin()])

    @cached_property
    def _entry(self) -> Costs:
        entry = np.full((len(self.paths), len(self.slack)), self.shut, dtype=self.slack.dtype)
        if len(self.pairs):
            mentors, first = np.unique(self.pairs[:, 0], return_index=True)
            entry[:, mentors] = np.minimum.reduceat(self.paths[:, 1:], first, axis=1)
        entry[:, self.free_mentors] = self.paths[:, [NOBODY]]
        return entry


def _shortest(steps: Costs, left: Costs, *, start: int, end: int) -> list[int]:
    """Walk the fewest steps that lie on cheapest paths to the end; `left` is their cost."""
    came_from = {start: start}
    front = [start]
    while end not in came_from:
        reached: list[int] = []
        for node in front:
            on_path = (steps[node] + left == left[node]).nonzero()[0].tolist()
            for following in on_path:
                if following not in came_from:
                    came_from[following] = node
                    reached.append(following)
        front = reached
    chain = [end]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return chain[::-1]

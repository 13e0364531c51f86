"""What every other choice would cost, exactly, without solving again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from matching.arrays import Costs, Index, Mask, Wide
from matching.assign.aims import Worth
from matching.assign.prices import Prices
from matching.explain.losses import FAR, Losses
from matching.explain.paths import CAP, all_paths, near_paths, paths_from, shortest
from matching.explain.shifts import NOBODY

MANY: Final = 2**11
"""Beyond so many pairs, chains are searched from one mentee at a time."""


@dataclass(frozen=True, eq=False)
class Exchange:
    """A :class:`matching.explain.shifts.Network` under an aim that is a sum.

    Attributes
    ----------
    slack : int32 or int64 array, shape (n_mentors, n_mentees)
        By how much a pair's prices exceed twice its worth; `shut` where it cannot be made.
    pairs, free_mentors, free_mentees, prices : see :class:`matching.explain.shifts.Network`

    Notes
    -----
    Forcing a pair (i, j) frees the present mentor of j and displaces somebody of i. What
    follows is a path of exchanges between the two; by linear programming duality the
    cheapest one is a shortest path in the slacks, which are the reduced costs [1]_. All
    such paths are found at once, in O(k^3), as far as they are short; the few others that
    somebody asks for are searched one by one.

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
        costs[1:, NOBODY] = self.to_free_mentees[rows]
        costs[NOBODY, 1:] = self.to_free_mentors[columns]
        return costs

    @cached_property
    def to_free_mentees(self) -> Costs:
        """Cost, for each mentor, of taking a mentee who is free, or nobody."""
        least = self.slack[:, self.free_mentees].min(axis=1, initial=self.shut)
        cost: Costs = np.minimum(self.prices.mentors, least)
        return cost

    @cached_property
    def to_free_mentors(self) -> Costs:
        """Cost, for each mentee, of going to a mentor with a place, or to nobody."""
        least = self.slack[self.free_mentors].min(axis=0, initial=self.shut)
        cost: Costs = np.minimum(self.prices.mentees, least)
        return cost

    def of_mentor(self, mentor: int) -> Costs:
        """Return the slacks of a mentor's pairs, shape (n_mentees,)."""
        slack: Costs = self.slack[mentor]
        return slack

    def of_mentee(self, mentee: int) -> Costs:
        """Return the slacks of a mentee's pairs, shape (n_mentors,)."""
        return self.slack[:, mentee]

    @cached_property
    def from_nobody(self) -> Costs:
        """Cost of the cheapest chain from nobody to every node."""
        found: Costs = paths_from(self.steps, [NOBODY])[0]
        return found

    @cached_property
    def to_nobody(self) -> Costs:
        """Cost of the cheapest chain from every node to nobody."""
        found: Costs = paths_from(self._back, [NOBODY])[0]
        return found

    @cached_property
    def loss_of_place(self) -> Costs:
        """Cost of one place less at each mentor; `shut` where all are pinned."""
        by_pair = self.prices.mentors[self.pairs[:, 0]] + self.from_nobody[1:]
        loss = np.full(len(self.slack), self.shut, dtype=self.slack.dtype)
        np.minimum.at(loss, self.pairs[:, 0], by_pair.astype(loss.dtype))
        loss[self.free_mentors] = 0
        return loss

    @cached_property
    def loss_of_mentee(self) -> Costs:
        """Cost of leaving each mentee without a mentor, for everybody together."""
        lost: Costs = self.prices.mentees + self.to_nobody[self.node_of]
        return lost

    @cached_property
    def losses(self) -> Losses:
        """What the absence of each person would cost."""
        return Losses(self._split(self.loss_of_mentee), self._split(self.loss_of_place))

    def forced(self, columns: Sequence[int], k: int) -> Costs:
        """Cost of forcing pairs with some mentees, shape (len(columns), n_mentors).

        The `k` lowest of a row are exact, the others not below them; `shut` where a pair
        is made already or cannot be.
        """
        nodes = self.node_of[list(columns)]
        if not self._has_all:
            return self._costs(columns, paths_from(self.steps, nodes.tolist()))
        costs = self._costs(columns, self._near[nodes])
        possible = np.count_nonzero(costs < self.shut, axis=1)
        known = np.count_nonzero(costs < CAP, axis=1)
        rest = (known < np.minimum(possible, k)).nonzero()[0] if self._is_capped else []
        if len(rest):
            exact = paths_from(self.steps, nodes[rest].tolist())
            costs[rest] = self._costs([columns[at] for at in rest], exact)
        return costs

    def chain(self, mentor: int, mentee: int) -> list[int]:
        """List the nodes of a cheapest exchange that lets this mentor have this mentee."""
        start, end = int(self.node_of[mentee]), NOBODY
        if not self.free_mentors[mentor]:
            nodes = 1 + np.flatnonzero(self.pairs[:, 0] == mentor)
            end = int(nodes[self._away(start, nodes).argmin()])
        return shortest(self.steps, self._left(start, end), start=start, end=end)

    def _away(self, start: int, nodes: Index) -> Costs:
        """Cost of the cheapest chains from a node to some; too high where not the lowest."""
        if self._has_all:
            away: Costs = self._near[start, nodes]
            if not self._is_capped or away.min() < CAP:
                return away
        exact: Costs = paths_from(self.steps, [start])[0, nodes]
        return exact

    def _left(self, start: int, end: int) -> Costs:
        """Cost of the cheapest chains to a node, from wherever one from the start leads."""
        if self._has_all and (not self._is_capped or self._near[start, end] < CAP):
            left: Costs = self._near[:, end]
            return left
        exact: Costs = paths_from(self._back, [end])[0]
        return exact

    @property
    def _has_all(self) -> bool:
        return len(self.pairs) <= MANY

    @property
    def _is_capped(self) -> bool:
        return self.worth.scale == 1

    @cached_property
    def _back(self) -> Costs:
        """The steps the other way round."""
        return np.ascontiguousarray(self.steps.T)

    @cached_property
    def _near(self) -> Costs:
        return near_paths(self.steps) if self._is_capped else all_paths(self.steps)

    def _costs(self, columns: Sequence[int], paths: Costs) -> Costs:
        """Add up slacks and the ways from the mentees' nodes to where a mentor has a place."""
        entry = np.full((len(paths), len(self.slack)), self.shut, dtype=self.slack.dtype)
        if len(self.pairs):
            mentors, first = np.unique(self.pairs[:, 0], return_index=True)
            entry[:, mentors] = np.minimum.reduceat(paths[:, 1:], first, axis=1)
        entry[:, self.free_mentors] = paths[:, [NOBODY]]
        costs: Costs = np.minimum(self.slack[:, list(columns)].T + entry, self.shut)
        for at, column in enumerate(columns):
            node = self.node_of[column]
            if node != NOBODY:
                costs[at, self.pairs[node - 1, 0]] = self.shut
        return costs

    def _split(self, lost: Costs) -> Wide:
        values, back = np.unique(lost, return_inverse=True)
        told = [
            self.worth.split(int(value) // 2) if value < self.shut else (FAR, 0) for value in values
        ]
        split: Wide = np.array(told, dtype=np.int64).reshape(-1, 2)[back]
        return split

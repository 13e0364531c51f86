"""What every other choice would cost under ``fair``, exactly, without solving again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Final, TypeAlias

import numpy as np

from matching.arrays import Costs, Index, Mask, Points, Wide
from matching.assign.prices import Prices
from matching.explain.losses import Losses, nothing_known
from matching.explain.shifts import NOBODY, Shift, follow, gain, mentor_at

FEW: Final = 128
"""Up to so many pairs, what has been worked out is kept."""
Other: TypeAlias = tuple[int, list[Shift]]
"""Another mentor, and what leads to the fairest result with that one, the mentee first."""


@dataclass(frozen=True, eq=False)
class FairExchange:
    """A :class:`matching.explain.shifts.Network` in whole numbers of any length.

    Attributes
    ----------
    scores : int16 array, shape (n_mentors, n_mentees)
    rank : int array, same shape
        Level of every pair; of a pair that cannot be made, one beyond the last.
    pairs, free_mentors, free_mentees, prices : see :class:`matching.explain.shifts.Network`

    Notes
    -----
    Under ``fair`` the levels of scores are weighed so that the largest sum is the fairest
    result (see :func:`matching.assign.verify_fair.weigh_fair`), hence the cheapest exchange
    is a shortest path here too, and leads to the fairest result that has a pair, or lacks a
    person. The numbers have thousands of bits: slacks are worked out where they are looked
    at, and paths searched from one node [1]_, in O(k^2) such sums.

    References
    ----------
    .. [1] E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische
       Mathematik 1, 1959.
    """

    scores: Points
    rank: Index
    pairs: Index
    free_mentors: Mask
    free_mentees: Mask
    prices: Prices

    @cached_property
    def node_of(self) -> Index:
        """Node of every mentee."""
        nodes = np.full(self.rank.shape[1], NOBODY)
        nodes[self.pairs[:, 1]] = np.arange(1, len(self.pairs) + 1)
        return nodes

    @cached_property
    def shut(self) -> int:
        """Marks what cannot be: more than any path costs."""
        return 16 * self.prices.bonus * (len(self.pairs) + 3)

    def of_mentor(self, mentor: int) -> Costs:
        """Return the slacks of a mentor's pairs, shape (n_mentees,)."""
        prices, worth = self.prices, self._worth[self.rank[mentor]]
        slack: Costs = prices.mentees + prices.mentors[mentor] - worth
        return slack

    def of_mentee(self, mentee: int) -> Costs:
        """Return the slacks of a mentee's pairs, shape (n_mentors,)."""
        prices, worth = self.prices, self._worth[self.rank[:, mentee]]
        slack: Costs = prices.mentors + prices.mentees[mentee] - worth
        return slack

    def steps_from(self, node: int) -> Costs:
        """Return the cost of every step from a node, shape (k + 1,)."""
        if len(self.pairs) > FEW:
            return self._step(node)
        if node not in self._known:
            self._known[node] = self._step(node)
        return self._known[node]

    @cached_property
    def _known(self) -> dict[int, Costs]:
        return {}

    def _step(self, node: int) -> Costs:
        if node == NOBODY:
            return np.append(np.array([0], dtype=object), self.to_free_mentors[self.pairs[:, 1]])
        mentor = self.pairs[node - 1, 0]
        steps = self.of_mentor(mentor)[self.pairs[:, 1]]
        return np.append(self.to_free_mentees[[mentor]], steps)

    def steps_to(self, node: int) -> Costs:
        """Return the cost of every step to a node, shape (k + 1,)."""
        if node == NOBODY:
            return np.append(np.array([0], dtype=object), self.to_free_mentees[self.pairs[:, 0]])
        mentee = self.pairs[node - 1, 1]
        steps = self.of_mentee(mentee)[self.pairs[:, 0]]
        return np.append(self.to_free_mentors[[mentee]], steps)

    def others(self, mentee: int, k: int) -> tuple[list[Other], list[Shift]]:
        """Find the fairest results in which a mentee has another mentor.

        Parameters
        ----------
        k : how many to find at most, 1 or more

        Returns
        -------
        list of Other
            The fairest results in order, of equal ones that whose pair scores most.
        list of Shift
            What leads to the fairest result in which the mentee does not have the present
            mentor: another one, or none.
        """
        start = int(self.node_of[mentee])
        present = mentor_at(self, start)
        search = Search(self.steps_from, start, left=self._blank())
        found = self._reach(search, mentee, k)
        order = sorted(found, key=lambda row: (found[row][0], -self.scores[row, mentee], row))
        ways: list[Other] = [
            (row, [(mentee, present, row), *follow(self, search.chain(found[row][1]))])
            for row in order[:k]
        ]
        left_out = self.prices.mentees[mentee] + search.left[NOBODY]
        if ways and found[order[0]][0] <= left_out:
            return ways, ways[0][1]
        return ways, [(mentee, present, None), *follow(self, search.chain(NOBODY))]

    def _reach(self, search: "Search", mentee: int, k: int) -> dict[int, tuple[int, int]]:
        """Find the cost of the `k` cheapest other mentors, or more, and where they have a place."""
        slack, present = self.of_mentee(mentee), mentor_at(self, int(self.node_of[mentee]))
        found: dict[int, tuple[int, int]] = {}
        for node in search:
            costs = nsmallest(k, (cost for cost, _ in found.values()))
            if len(costs) == k and costs[-1] < search.left[node]:
                break
            for row in self._places_at(node):
                cost = slack[row] + search.left[node]
                if row != present and cost < self.shut:
                    found.setdefault(row, (cost, node))
        return found

    @cached_property
    def losses(self) -> Losses:
        """What the absence of each person would cost."""
        losses = nothing_known(self.rank.shape)
        rows, columns = self.pairs.T
        losses.of_mentees[:] = 0
        losses.of_mentees[columns, 0] = 1
        losses.of_mentees[columns, 1] = self.scores[rows, columns]
        search = Search(self.steps_to, NOBODY, left=self._blank())
        for node, gained in self._gains(search, lambda node, mate: [node, mate]):
            losses.of_mentees[columns[node - 1]] -= gained
        search = Search(self.steps_from, NOBODY, left=self._blank())
        farthest_first = reversed(self._gains(search, lambda node, mate: [mate, node]))
        for node, gained in farthest_first:
            losses.of_places[rows[node - 1]] = -gained
        losses.of_places[self.free_mentors] = 0
        return losses

    @cached_property
    def _worth(self) -> Wide:
        counted = [2 * (self.prices.bonus - cost) for cost in self.prices.costs]
        return np.array([*counted, -self.shut], dtype=object)

    @cached_property
    def to_free_mentees(self) -> Costs:
        """Cost, for each mentor, of taking a mentee who is free, or nobody."""
        rows = (self.of_mentor(row)[self.free_mentees] for row in range(len(self.rank)))
        least = [row.min(initial=self.shut) for row in rows]
        cost: Costs = np.minimum(np.array(least, dtype=object), self.prices.mentors)
        return cost

    @cached_property
    def to_free_mentors(self) -> Costs:
        """Cost, for each mentee, of going to a mentor with a place, or to nobody."""
        least = self.prices.mentees
        for row in np.flatnonzero(self.free_mentors).tolist():
            least = np.minimum(least, self.of_mentor(row))
        return least

    def _blank(self) -> Costs:
        return np.full(len(self.pairs) + 1, self.shut, dtype=object)

    def _places_at(self, node: int) -> list[int]:
        """List the mentors who have a place once a node is reached."""
        if node == NOBODY:
            rows: list[int] = np.flatnonzero(self.free_mentors).tolist()
            return rows
        row = int(self.pairs[node - 1, 0])
        return [] if self.free_mentors[row] else [row]

    def _gains(
        self, search: "Search", step: Callable[[int, int], list[int]]
    ) -> list[tuple[int, Wide]]:
        """List nodes, the nearest first, with what their paths from or to nobody bring."""
        gains = np.zeros((len(self.pairs) + 1, 2), dtype=np.int64)
        for node in search:
            mate = int(search.came_from[node])
            if node != NOBODY:
                gains[node] = gains[mate] + gain(follow(self, step(node, mate)), self.scores)
        return [(node, gains[node]) for node in search.order if node != NOBODY]


class Search:
    """Nodes in the order of their distance from a source, each worked out when asked for."""

    def __init__(self, steps: Callable[[int], Costs], source: int, *, left: Costs) -> None:
        self._steps = steps
        self.left = left
        self.left[source] = 0
        self.came_from: Index = np.full(len(left), source)
        self.order: list[int] = []

    def __iter__(self) -> Iterator[int]:
        rest = np.arange(len(self.left))
        while len(rest):
            at = int(self.left[rest].argmin())
            node = int(rest[at])
            self.order.append(node)
            yield node
            rest = np.delete(rest, at)
            through = self.left[node] + self._steps(node)[rest]
            closer = through < self.left[rest]
            self.left[rest[closer]] = through[closer]
            self.came_from[rest[closer]] = node

    def chain(self, node: int) -> list[int]:
        """List the nodes from the source to one that has been reached."""
        chain = [node]
        while self.came_from[chain[-1]] != chain[-1]:
            chain.append(int(self.came_from[chain[-1]]))
        return chain[::-1]

"""Assign without a matrix: candidates, prices, and every pair held against its prices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.arrays import Index, Wide
from matching.assign.aims import Worth, worth_under
from matching.assign.blocks import Field
from matching.assign.candidates import find_candidates
from matching.assign.prices import Prices
from matching.assign.pricing import Duals, NotOptimal, find_better, find_tight, sparse_prices
from matching.assign.problem import Assignment
from matching.assign.sparse import Edges, choose, gather
from matching.assign.ties import Keys, mix_pairs, tie_range

FIRST_THETA: Final = 100
"""In the first round, pairs that fall short of their prices by fewer points join as well."""
THETA: Final = 20
"""The same in later rounds."""
WAVES: Final = 400
"""So long the last choice is tried with new candidates before solving again."""


def assign_large(
    field: Field,
    *,
    aim: str,
    tie_keys: tuple[Keys, Keys] | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Assignment:
    """Choose the pairs that serve an aim best; see :func:`matching.assign`.

    Parameters
    ----------
    tick : called after every block of pairs; raise from it to cancel

    Notes
    -----
    Ends when no pair beats its prices, which is the proof. Memory grows with the people and
    their candidates. Keys are counted in one more solve, over the pairs that are worth
    exactly their prices: by complementary slackness no other pair is in an optimal choice.
    """
    found = find_candidates(field, tick)
    places = np.minimum(field.places, found.open_to)
    size = min(int(places.sum()), int(np.count_nonzero(found.has_choice)))
    task = _Task(field, worth_under(aim, size), places, tick)
    edges, chosen, duals = task.solve(found.edges)
    values = tie_range(task.worth.highest, size)
    if tie_keys is not None and values:
        edges = find_tight(field, task.worth, duals=duals, tick=tick)
        hashes = mix_pairs(tie_keys[0][edges.rows], tie_keys[1][edges.columns], values)
        chosen = choose(edges, task.worth_of(edges) * (size * values + 1) - hashes, places)
    return task.answer(edges.take(chosen), duals)


@dataclass(frozen=True, eq=False)
class _Task:
    field: Field
    worth: Worth
    places: Index
    tick: Callable[[], object]

    def worth_of(self, edges: Edges) -> Wide:
        return edges.scores * self.worth.scale + self.worth.bonus

    def solve(self, edges: Edges) -> tuple[Edges, Index, Duals]:
        theta, n_mentees = FIRST_THETA, self.field.source.shape[1]
        chosen, duals = self.choose(edges)
        while True:
            close, exceed = find_better(self.field, self.worth, duals, theta=theta, tick=self.tick)
            if not exceed:
                return edges, chosen, duals
            before = edges.keys(n_mentees)[chosen]
            edges, theta = gather([edges, close], n_mentees), THETA
            chosen = np.searchsorted(edges.keys(n_mentees), before)
            try:
                duals = self.prices(edges, chosen, waves=WAVES)
            except NotOptimal:
                chosen, duals = self.choose(edges)

    def choose(self, edges: Edges) -> tuple[Index, Duals]:
        chosen = choose(edges, self.worth_of(edges), self.places)
        return chosen, self.prices(edges, chosen)

    def prices(self, edges: Edges, chosen: Index, waves: int | None = None) -> Duals:
        n_mentees, worth = self.field.source.shape[1], self.worth_of(edges)
        return sparse_prices(edges, worth, chosen, places=self.places, n=n_mentees, waves=waves)

    def answer(self, made: Edges, duals: Duals) -> Assignment:
        pins = self.field.pinned
        pairs = np.concatenate([np.column_stack([made.rows, made.columns]), pins])
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        pinned = self.field.source.pairs(pins[:, 0], pins[:, 1])
        return Assignment(
            pairs=pairs,
            tandems=len(pairs),
            score=int(made.scores.sum()) + int(pinned.sum(dtype=np.int64)),
            prices=Prices(duals.mentors, duals.mentees, self.worth.scale, self.worth.bonus),
        )

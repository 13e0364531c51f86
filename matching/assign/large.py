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
from matching.assign.pricing import Priced, find_close
from matching.assign.problem import Assignment, most_pairs
from matching.assign.search import Bars
from matching.assign.sparse import Edges, choose, gather
from matching.assign.sparse_prices import Duals, NotOptimal, sparse_prices
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
    nothing = Bars(*(np.zeros(size, dtype=np.int64) for size in field.source.shape))
    size = most_pairs(field.places, field.source.shape[1] - len(field.pinned))
    task = _Task(field, worth_under(aim, size), tick)
    made, duals, close = task.solve(find_candidates(field, nothing, tick))
    values = tie_range(task.worth.highest, size)
    if tie_keys is not None and values:
        edges = task.list_tight(close, duals)
        hashes = mix_pairs(tie_keys[0][edges.rows], tie_keys[1][edges.columns], values)
        fine = task.worth_of(edges) * (size * values + 1) - hashes
        made = edges.take(choose(edges, fine, field.places, most=aim == "most"))
    return task.answer(made, duals)


@dataclass(frozen=True, eq=False)
class _Task:
    field: Field
    worth: Worth
    tick: Callable[[], object]

    def worth_of(self, edges: Edges) -> Wide:
        return edges.scores * self.worth.scale + self.worth.bonus

    def solve(self, edges: Edges) -> tuple[Edges, Duals, Priced]:
        """Return the best choice, its prices, and the pairs that are close to them."""
        theta, n_mentees = FIRST_THETA, self.field.source.shape[1]
        chosen, duals = self.choose(edges)
        while True:
            close = find_close(self.field, self.worth, duals, theta=theta, tick=self.tick)
            if not (close.gains > 0).any():
                return edges.take(chosen), duals, close
            before = edges.keys(n_mentees)[chosen]
            edges, theta = gather([edges, close.edges], n_mentees), THETA
            chosen = np.searchsorted(edges.keys(n_mentees), before)
            try:
                duals = self.prices(edges, chosen, waves=WAVES)
            except NotOptimal:
                chosen, duals = self.choose(edges)

    def list_tight(self, close: Priced, duals: Duals) -> Edges:
        """List all pairs worth exactly their prices."""
        if not close.is_whole:
            close = find_close(
                self.field, self.worth, duals, theta=0, tick=self.tick, thinned=False
            )
        return close.edges.take(np.flatnonzero(close.gains == 0))

    def choose(self, edges: Edges) -> tuple[Index, Duals]:
        chosen = choose(edges, self.worth_of(edges), self.field.places, most=self.worth.scale == 1)
        return chosen, self.prices(edges, chosen)

    def prices(self, edges: Edges, chosen: Index, waves: int | None = None) -> Duals:
        places, n_mentees = self.field.places, self.field.source.shape[1]
        worth = self.worth_of(edges)
        return sparse_prices(edges, worth, chosen, places=places, n=n_mentees, waves=waves)

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

"""Assign without a matrix: candidates, prices, and every pair held against its prices."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

import numpy as np

from matching.arrays import Index
from matching.assign.aims import Worth, worth_under
from matching.assign.blocks import Field
from matching.assign.candidates import find_candidates
from matching.assign.prices import Prices
from matching.assign.pricing import Priced, find_close
from matching.assign.problem import Assignment, most_pairs
from matching.assign.sparse import Edges, choose, gather
from matching.assign.sparse_prices import Duals, NotOptimal, sparse_prices
from matching.assign.ties import Keys, mix_pairs, tie_range

SOFT: Final = Worth(scale=1, bonus=1)
"""In the first round one more pair is worth its score alone: as long as many have too few
candidates, who is left out says nothing about prices."""
THETAS: Final = (200, 300, 100)
"""By round, the points by which pairs may fall short of their prices to join; in the third
as in all later ones."""
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
    size = most_pairs(field.places, field.source.shape[1] - len(field.pinned))
    task = _Task(field, worth_under(aim, size), aim == "most", tick)
    made, duals, close = task.solve(find_candidates(field, tick))
    values = tie_range(task.worth.highest, size)
    if tie_keys is not None and values:
        edges = task.list_tight(close, duals)
        hashes = mix_pairs(tie_keys[0][edges.rows], tie_keys[1][edges.columns], values)
        fine = edges.worth(task.worth) * (size * values + 1) - hashes
        made = edges.take(choose(edges, fine, field.places, most=task.most))
    return task.answer(made, duals)


@dataclass(frozen=True, eq=False)
class _Task:
    field: Field
    worth: Worth
    most: bool
    tick: Callable[[], object]

    def solve(self, edges: Edges) -> tuple[Edges, Duals, Priced]:
        """Return the best choice, its prices, and the pairs that are close to them."""
        if self.most:
            chosen = choose(edges, edges.worth(SOFT), self.field.places, most=False)
            duals = self.prices(edges, chosen, SOFT)
            edges = self.join(edges, self.find_close(duals, SOFT, theta=THETAS[0]))
        chosen, duals = self.choose(edges)
        thetas = chain(THETAS[1:], repeat(THETAS[-1]))
        while True:
            close = self.find_close(duals, self.worth, theta=next(thetas))
            if not (close.gains > 0).any():
                return edges.take(chosen), duals, close
            before = edges.keys(self.n_mentees)[chosen]
            edges = self.join(edges, close)
            chosen = np.searchsorted(edges.keys(self.n_mentees), before)
            try:
                duals = self.prices(edges, chosen, self.worth, waves=WAVES)
            except NotOptimal:
                chosen, duals = self.choose(edges)

    def list_tight(self, close: Priced, duals: Duals) -> Edges:
        """List all pairs worth exactly their prices."""
        if not close.is_whole:
            close = self.find_close(duals, self.worth, theta=0, thinned=False)
        return close.edges.take(np.flatnonzero(close.gains == 0))

    def choose(self, edges: Edges) -> tuple[Index, Duals]:
        worth, places = edges.worth(self.worth), self.field.places
        chosen = choose(edges, worth, places, most=self.most)
        return chosen, self.prices(edges, chosen, self.worth)

    def find_close(self, duals: Duals, worth: Worth, *, theta: int, thinned: bool = True) -> Priced:
        return find_close(self.field, worth, duals, theta=theta, tick=self.tick, thinned=thinned)

    def prices(
        self, edges: Edges, chosen: Index, worth: Worth, *, waves: int | None = None
    ) -> Duals:
        places, values = self.field.places, edges.worth(worth)
        return sparse_prices(edges, values, chosen, places=places, n=self.n_mentees, waves=waves)

    def join(self, edges: Edges, close: Priced) -> Edges:
        return gather([edges, close.edges], self.n_mentees)

    @property
    def n_mentees(self) -> int:
        return self.field.source.shape[1]

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

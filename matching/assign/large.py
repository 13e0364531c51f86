"""Assign without a matrix: candidates, prices, and every pair held against its prices."""

from collections.abc import Callable
from typing import Final

import numpy as np

from matching.arrays import Index, Wide
from matching.assign.aims import Worth, worth_under
from matching.assign.blocks import Field
from matching.assign.candidates import find_candidates
from matching.assign.pricing import Duals, find_better, find_tight, sparse_prices
from matching.assign.prices import Prices
from matching.assign.problem import Assignment
from matching.assign.sparse import Edges, choose, gather
from matching.assign.ties import Keys, mix_pairs, tie_range

FIRST_THETA: Final = 400
THETA: Final = 20
KEPT: Final = 4000


def assign_large(
    field: Field,
    *,
    aim: str,
    tie_keys: tuple[Keys, Keys] | None = None,
    tick: Callable[[], object] = lambda: None,
) -> Assignment:
    found = find_candidates(field, tick)
    places = np.minimum(field.places, found.open_to)
    size = min(int(places.sum()), int(np.count_nonzero(found.has_choice)))
    worth = worth_under(aim, size)
    edges, chosen, duals = _solve(field, worth, found.edges, places=places, tick=tick)
    values = tie_range(worth.highest, size) if tie_keys is not None else 0
    if tie_keys is not None and values:
        edges = find_tight(field, worth, duals, tick)
        hashes = mix_pairs(tie_keys[0][edges.rows], tie_keys[1][edges.columns], values)
        fine = worth_of(edges, worth) * (size * values + 1) - hashes
        chosen = choose(edges, fine, places)
    return _answer(field, edges.take(chosen), worth, duals)


def _solve(field, worth, edges, *, places, tick):
    n = field.source.shape[1]
    theta = FIRST_THETA
    duals = None
    while True:
        chosen = _choose(edges, worth, places, duals)
        weights = worth_of(edges, worth)
        duals_before, duals = duals, sparse_prices(edges, weights, chosen, places=places, n=n)
        better, exceeds = find_better(field, worth, duals, theta=theta, tick=tick)
        if not exceeds:
            return edges, chosen, duals
        if duals_before is None:
            keep = duals.gaps(edges, weights) > -KEPT * worth.scale
            keep[chosen] = True
            edges = edges.take(np.flatnonzero(keep))
        edges = gather([edges, better], n)
        theta = THETA


def _choose(edges, worth, places, duals):
    return choose(edges, worth_of(edges, worth), places)


def worth_of(edges: Edges, worth: Worth) -> Wide:
    return edges.scores * worth.scale + worth.bonus


def _answer(field: Field, made: Edges, worth: Worth, duals: Duals) -> Assignment:
    pairs = np.concatenate([np.column_stack([made.rows, made.columns]), field.pinned])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    pinned = field.source.pairs(field.pinned[:, 0], field.pinned[:, 1])
    return Assignment(
        pairs=pairs,
        tandems=len(pairs),
        score=int(made.scores.sum()) + int(pinned.sum(dtype=np.int64)),
        prices=Prices(duals.mentors, duals.mentees, worth.scale, worth.bonus),
    )

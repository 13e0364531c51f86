"""Pick the pairs worth a first look: the best few of everybody, from both sides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Mask, Points
from matching.assign.blocks import Field, Tile
from matching.assign.search import look_up, noise
from matching.assign.sparse import NO_EDGES, Edges, choose, gather
from matching.assign.sparse_prices import sparse_prices

EACH: Final = 12
"""About how many candidates everybody has from the own side, and as many from the other."""
SAMPLE: Final = EACH // 2
"""One in so many people decides how good a candidate must be: the second best of them."""
FEWEST: Final = 300
"""A sample of fewer people a side tells nothing about prices."""

Keys: TypeAlias = NDArray[np.int32]


def find_candidates(field: Field, tick: Callable[[], object], *, every: int = 1) -> Edges:
    """Take every pair that is among the best dozen or so of either of its two people.

    Parameters
    ----------
    every : only of every so many mentors and mentees

    Notes
    -----
    A pair is as good as it scores above what its people are thought to be worth elsewhere:
    the prices of a sample, which are found in the same way, and what others would gain with
    the sample. Scores tie often; a hash of both positions decides between equal ones, so
    that not everybody looks at the same few. Takes O(pairs), by blocks.
    """
    sample = every * SAMPLE
    mentees = _of_mentees(field, _price(field, tick, every=sample), tick, every=every)

    def look(tile: Tile) -> Edges:
        mentors = _of_mentors(field, tile, mentees, sample=sample)
        ceilings = _gains(field.ceilings(tile), mentors.prices, mentees.prices[tile.columns])
        lowest = np.minimum(mentors.bars[:, None], mentees.bars[tile.columns])
        edges = look_up(field, tile, ceilings >= lowest >> _BITS)
        at = np.searchsorted(tile.rows, edges.rows)
        gains = edges.scores - mentors.prices[at] - mentees.prices[edges.columns]
        keys = (gains << _BITS) + (noise(edges.rows) ^ noise(edges.columns))
        bars = np.minimum(mentors.bars[at], mentees.bars[edges.columns])
        return edges.take(np.flatnonzero(keys >= bars))

    return gather([NO_EDGES, *field.thin(every).each(look, tick)], field.source.shape[1])


@dataclass(frozen=True, eq=False)
class _Side:
    """What people are thought to be worth, and the keys that their candidates need.

    The people of the sample were priced by all of it, the others by the best for each: `lift`
    is by how much those seem to be worth more, and makes up for it.
    """

    prices: Keys
    bars: Keys
    lift: int


def _price(field: Field, tick: Callable[[], object], *, every: int) -> Keys:
    """Find about what every so many mentors are worth; nothing where these are few."""
    n_mentors, n_mentees = field.source.shape
    if min(n_mentors, n_mentees) < every * FEWEST:
        return np.zeros(n_mentors, dtype=np.int32)
    edges = find_candidates(field, tick, every=every)
    chosen = choose(edges, edges.scores + 1, field.places, most=False)
    duals = sparse_prices(edges, edges.scores + 1, chosen, places=field.places, n=n_mentees)
    return (duals.mentors // 2).astype(np.int32)


def _of_mentees(field: Field, prices: Keys, tick: Callable[[], object], *, every: int) -> _Side:
    """Judge mentees by the two best of the sampled mentors for each."""
    best = np.full((2, field.source.shape[1]), LOWEST, dtype=np.int32)

    def look(tile: Tile) -> Keys:
        return _best_two(_keys(field, tile, mentors=prices[tile.rows], mentees=_NOTHING))

    tiles = field.thin(every * SAMPLE, every)
    for tile, found in zip(tiles.tiles, tiles.each(look, tick), strict=True):
        best[:, tile.columns] = _best_two(np.vstack([best[:, tile.columns], found]))
    positions = np.arange(best.shape[1])
    is_sampled = positions % (every * SAMPLE) == 0
    others = (positions % every == 0) & ~is_sampled
    return _side(best, is_sampled, _lift(best[0], is_sampled, others))


def _lift(best: Keys, is_sampled: Mask, others: Mask) -> int:
    some, more = (best[which & (best > LOWEST)] >> _BITS for which in (is_sampled, others))
    return max(int(more.mean() - some.mean()), 0) if len(some) and len(more) else 0


def _of_mentors(field: Field, tile: Tile, mentees: _Side, *, sample: int) -> _Side:
    """Judge the mentors of a tile by the two best of the sampled mentees for each."""
    columns = tile.columns[tile.columns % sample == 0]
    keys = np.full((len(tile.rows), len(columns) + 2), LOWEST, dtype=np.int32)
    if len(columns):
        some = Tile(tile.rows, columns)
        keys[:, 2:] = _keys(
            field, some, mentors=_NOTHING, mentees=mentees.prices[columns] - mentees.lift
        )
    best = np.partition(keys, -2, axis=1)[:, :-3:-1].T
    return _side(best, tile.rows % sample == 0, mentees.lift)


def _side(best: Keys, is_sampled: Mask, lift: int) -> _Side:
    prices = np.maximum(best[0] >> _BITS, 0)
    bars = np.where(best[1] > LOWEST, best[1] - (prices + lift << _BITS), LOWEST)
    return _Side(prices + np.int32(lift) * is_sampled, bars, lift)


def _keys(field: Field, tile: Tile, *, mentors: Keys, mentees: Keys) -> Keys:
    scores = field.block(tile)
    keys = _gains(scores, mentors, mentees)
    np.left_shift(keys, _BITS, out=keys)
    keys += noise(tile.rows).astype(np.int32)[:, None] ^ noise(tile.columns).astype(np.int32)
    np.copyto(keys, LOWEST, where=scores < 0)
    return keys


def _gains(scores: Points, mentors: Keys, mentees: Keys) -> Keys:
    gains = scores.astype(np.int32)
    gains -= mentors[:, None]
    gains -= mentees
    return gains


def _best_two(keys: Keys) -> Keys:
    """Keep the best and second best down the rows, shape (2, n_columns)."""
    best = np.full((2, keys.shape[1]), LOWEST, dtype=np.int32)
    for at in range(len(keys)):
        row = keys[at : at + 1]
        np.maximum(best[1:], np.minimum(best[:1], row), out=best[1:])
        np.maximum(best[:1], row, out=best[:1])
    return best


LOWEST: Final = np.iinfo(np.int32).min
_BITS: Final = 16
_NOTHING: Final = np.zeros(1, dtype=np.int32)

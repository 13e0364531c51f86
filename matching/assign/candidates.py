"""Pick the pairs worth a first look: the best few of everybody, from both sides."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Points
from matching.assign.blocks import Field, Tile
from matching.assign.search import Bars, look_up, noise
from matching.assign.sparse import NO_EDGES, Edges, gather

EACH: Final = 12
"""About how many candidates everybody has from the own side, and as many from the other."""
SAMPLE: Final = EACH // 2
"""One in so many pairs decides how good a candidate must be: the second best of them."""

Keys: TypeAlias = NDArray[np.int32]


def find_candidates(field: Field, prices: Bars, tick: Callable[[], object]) -> Edges:
    """Take every pair that is among the best dozen or so of either of its two people.

    Parameters
    ----------
    prices : what people are thought to be worth; a pair is as good as it scores above both

    Notes
    -----
    Scores tie often; a hash of both positions decides between equal ones, so that not
    everybody looks at the same few. Takes O(pairs), by blocks.
    """
    bars = _bars_of_mentees(field, prices, tick)

    def look(tile: Tile) -> Edges:
        bar_of_mentor = _bars_of_mentors(field, prices, tile)
        ceilings = _gains(field.ceilings(tile), tile, prices)
        lowest = np.minimum(bar_of_mentor[:, None], bars[tile.columns]) >> _BITS
        edges = look_up(field, tile, ceilings >= lowest)
        gains = edges.scores - prices.mentors[edges.rows] - prices.mentees[edges.columns]
        keys = (gains << _BITS) + (noise(edges.rows) ^ noise(edges.columns))
        bar = bar_of_mentor[np.searchsorted(tile.rows, edges.rows)]
        return edges.take(np.flatnonzero(keys >= np.minimum(bar, bars[edges.columns])))

    return gather([NO_EDGES, *field.each(look, tick)], field.source.shape[1])


def _bars_of_mentees(field: Field, prices: Bars, tick: Callable[[], object]) -> Keys:
    bars = np.full((2, field.source.shape[1]), LOWEST, dtype=np.int32)

    def look(tile: Tile) -> Keys | None:
        rows = tile.rows[tile.rows % SAMPLE == 0]
        return _best_two(_keys(field, Tile(rows, tile.columns), prices)) if len(rows) else None

    for tile, best in zip(field.tiles, field.each(look, tick), strict=True):
        if best is not None:
            bars[:, tile.columns] = _best_two(np.vstack([bars[:, tile.columns], best]))
    second: Keys = bars[1]
    return second


def _bars_of_mentors(field: Field, prices: Bars, tile: Tile) -> Keys:
    keys = _keys(field, Tile(tile.rows, tile.columns[::SAMPLE]), prices)
    if keys.shape[1] < 2:
        return np.full(len(keys), LOWEST, dtype=np.int32)
    second: Keys = np.partition(keys, -2, axis=1)[:, -2]
    return second


def _keys(field: Field, tile: Tile, prices: Bars) -> Keys:
    scores = field.block(tile)
    keys = _gains(scores, tile, prices)
    np.left_shift(keys, _BITS, out=keys)
    keys += noise(tile.rows).astype(np.int32)[:, None] ^ noise(tile.columns).astype(np.int32)
    np.copyto(keys, LOWEST, where=scores < 0)
    return keys


def _gains(scores: Points, tile: Tile, prices: Bars) -> Keys:
    gains = scores.astype(np.int32)
    gains -= prices.mentors[tile.rows].astype(np.int32)[:, None]
    gains -= prices.mentees[tile.columns].astype(np.int32)
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

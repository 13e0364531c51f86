"""Pick the pairs worth a first look: the best few of everybody, from both sides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Mask, Points
from matching.assign.blocks import Field, Tile
from matching.assign.sparse import Edges, gather

EACH: Final = 12
"""About how many candidates everybody has from the own side, and as many from the other."""
SAMPLE: Final = EACH // 2
"""One in so many pairs decides how good a candidate must be: the second best of them."""

Keys: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Candidates:
    """First candidates, and what was seen on the way.

    Attributes
    ----------
    edges : the candidates
    open_to : int array, shape (n_mentors,)
        With how many mentees each mentor may be paired.
    has_choice : bool array, shape (n_mentees,)
        Who may be paired with anybody.
    """

    edges: Edges
    open_to: Index
    has_choice: Mask


def find_candidates(field: Field, tick: Callable[[], object]) -> Candidates:
    """Take every pair that is among the best dozen or so of either of its two people.

    Notes
    -----
    Scores tie often; a hash of both positions decides between equal ones, so that not
    everybody looks at the same few. Takes O(pairs), by blocks: one in six rows twice.
    """
    bars = _bars_of_mentees(field, tick)
    open_to = np.zeros(field.source.shape[0], dtype=np.intp)
    has_choice = np.zeros(field.source.shape[1], dtype=np.bool_)
    parts = [EMPTY]

    def look(tile: Tile) -> tuple[Edges, Index, Mask]:
        scores = field.block(tile)
        keys = _keys(scores, tile)
        bar_of_mentor = _second_best(keys[:, ::SAMPLE], axis=1)[:, None]
        close = keys >= np.minimum(bar_of_mentor, bars[tile.columns])
        close &= scores >= 0
        return pick(close, scores, tile), *count_open(scores)

    for tile, (edges, counts, some) in zip(field.tiles, field.each(look, tick), strict=True):
        parts.append(edges)
        open_to[tile.rows] = counts
        has_choice[tile.columns] |= some
    return Candidates(gather(parts, field.source.shape[1]), open_to, has_choice)


def count_open(scores: Points) -> tuple[Index, Mask]:
    """Count each mentor's open pairs, and tell which mentees have any."""
    is_open = scores >= 0
    some: Mask = np.logical_or.reduce(is_open, axis=0)
    counts: Index = np.add.reduce(is_open, axis=1, dtype=np.intp)
    return counts, some


def pick(which: Mask, scores: Points, tile: Tile) -> Edges:
    """List the marked pairs of a tile."""
    at = np.flatnonzero(which)
    rows, columns = np.divmod(at, which.shape[1])
    return Edges(tile.rows[rows], tile.columns[columns], scores.ravel()[at].astype(np.int64))


def _bars_of_mentees(field: Field, tick: Callable[[], object]) -> Keys:
    bars = np.full((2, field.source.shape[1]), LOWEST, dtype=np.int32)

    def look(tile: Tile) -> Keys | None:
        rows = tile.rows[tile.rows % SAMPLE == 0]
        if not len(rows):
            return None
        sample = Tile(rows, tile.columns)
        return _best_two(_keys(field.block(sample), sample))

    for tile, best in zip(field.tiles, field.each(look, tick), strict=True):
        if best is not None:
            bars[:, tile.columns] = _best_two(np.vstack([bars[:, tile.columns], best]))
    second: Keys = bars[1]
    return second


def _keys(scores: Points, tile: Tile) -> Keys:
    keys: Keys = np.left_shift(scores, 16, dtype=np.int32)
    keys += _noise(tile.rows)[:, None] ^ _noise(tile.columns)
    return keys


def _noise(positions: Index) -> Keys:
    """Sixteen bits that look like chance (Fibonacci hashing)."""
    mixed = (positions.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(48)).astype(np.int32)


def _second_best(keys: Keys, *, axis: int) -> Keys:
    if keys.shape[axis] < 2:
        return np.full(keys.shape[1 - axis], LOWEST, dtype=np.int32)
    second: Keys = np.take(np.partition(keys, -2, axis=axis), [-2], axis=axis).ravel()
    return second


def _best_two(keys: Keys) -> Keys:
    """Keep the best and second best down the rows, shape (2, n_columns)."""
    best = np.full((2, keys.shape[1]), LOWEST, dtype=np.int32)
    for at in range(len(keys)):
        row = keys[at : at + 1]
        np.maximum(best[1:], np.minimum(best[:1], row), out=best[1:])
        np.maximum(best[:1], row, out=best[:1])
    return best


LOWEST: Final = np.iinfo(np.int32).min
_NOBODY: Final = np.zeros(0, dtype=np.intp)
EMPTY: Final = Edges(_NOBODY, _NOBODY, np.zeros(0, dtype=np.int64))

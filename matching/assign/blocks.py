"""Scores that never exist all at once: tiles of mentors and the mentees they may meet."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.arrays import Index, Mask, Points
from matching.assign.problem import (
    check_aim,
    check_capacity,
    check_mask,
    check_pins,
    check_scores,
)
from matching.assign.sparse import Edges
from matching.errors import InvalidInput
from matching.policy import FULL

TILE_CELLS: Final = 2**19
"""Pairs worked on at a time: few enough for a processor's cache."""
SHUT: Final = -1
"""Stands in the place of a score where a pair may not be made."""

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Tile:
    """Some mentors, and every mentee that any of them might be paired with."""

    rows: Index
    columns: Index


@runtime_checkable
class Source(Protocol):
    """Scores computed where they are asked for.

    Every mentor stands in at most one tile; a pair in no tile cannot be made.
    """

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentors and of mentees."""

    def tiles(self) -> Iterable[Tile]:
        """Cut all pairs that may be made into tiles."""

    def block(self, rows: Index, columns: Index) -> Points:
        """Return the scores of these mentors with these mentees; below 0 where shut out."""

    def ceilings(self, rows: Index, columns: Index) -> Points:
        """Return at least the scores, where that takes less; anything where shut out."""

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the scores of single pairs; below 0 where shut out."""


@dataclass(frozen=True, eq=False)
class Ready:
    """A source whose scores all exist already."""

    scores: NDArray[np.integer]
    allowed: Mask

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentors and of mentees."""
        rows, columns = self.scores.shape
        return rows, columns

    def tiles(self) -> Iterator[Tile]:
        """Cut the matrix into blocks of rows."""
        return cut(np.arange(self.shape[0]), np.arange(self.shape[1]))

    def block(self, rows: Index, columns: Index) -> Points:
        """Return the scores of these mentors with these mentees."""
        whole = len(columns) == self.shape[1]
        at = rows if whole else np.ix_(rows, columns)
        return np.where(self.allowed[at], self.scores[at], SHUT).astype(np.int16)

    def ceilings(self, rows: Index, columns: Index) -> Points:
        """Return the scores themselves: they are ready."""
        return self.block(rows, columns)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the scores of single pairs."""
        allowed = self.allowed[rows, columns]
        return np.where(allowed, self.scores[rows, columns], SHUT).astype(np.int16)


@dataclass(frozen=True, eq=False)
class Field:
    """What the pins leave to choose from a source.

    Attributes
    ----------
    capacity, places : int arrays, shape (n_mentors,)
        Places before and after the pins, no more than there are mentees.
    pinned : int array, shape (p, 2)
    tiles : what is open, cut
    """

    source: Source
    capacity: Index
    places: Index
    pinned: Index
    tiles: tuple[Tile, ...]

    def block(self, tile: Tile) -> Points:
        """Return the scores of one tile, refusing what are none.

        Raises
        ------
        InvalidInput
            If the source yields a score above 10,000 or of the wrong shape.
        """
        scores = _in_shape(self.source.block(tile.rows, tile.columns), tile)
        return _in_range(scores)

    def ceilings(self, tile: Tile) -> Points:
        """Return what the pairs of one tile score at most; see :class:`Source`."""
        return _in_shape(self.source.ceilings(tile.rows, tile.columns), tile)

    def pairs(self, rows: Index, columns: Index) -> Edges:
        """List single pairs with their scores, below 0 where shut out."""
        scores = _in_range(self.source.pairs(rows, columns))
        return Edges(rows, columns, scores.astype(np.int64))

    def thin(self, rows: int, columns: int = 0) -> "Field":
        """Return a field of every so many mentors and mentees, by their positions."""
        thinned = (
            Tile(
                tile.rows[tile.rows % rows == 0],
                tile.columns[tile.columns % (columns or rows) == 0],
            )
            for tile in self.tiles
        )
        return replace(self, tiles=_filled(thinned))

    def each(
        self, work: Callable[[Tile], Found], tick: Callable[[], object] = lambda: None
    ) -> Iterator[Found]:
        """Do some work on every tile; see :func:`on_all_cores`."""
        return on_all_cores(work, self.tiles, tick)


def lay_out(
    scores: ArrayLike | Source,
    *,
    allowed: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    pinned: Iterable[tuple[int, int]] = (),
    aim: str = "most",
) -> Field:
    """Check the arguments of an assignment, and leave out what its pins decide.

    Raises
    ------
    InvalidInput
        Naming the argument and the value that cannot be.
    """
    source = _as_source(scores, allowed)
    check_aim(aim)
    places = check_capacity(capacity, source.shape)

    def is_allowed(row: int, column: int) -> bool:
        return bool(source.pairs(np.array([row]), np.array([column]))[0] >= 0)

    pins = check_pins(pinned, is_allowed, shape=source.shape, places=places)
    left = places - np.bincount(pins[:, 0], minlength=len(places))
    is_pinned = np.zeros(source.shape[1], dtype=np.bool_)
    is_pinned[pins[:, 1]] = True
    still_open = (
        Tile(tile.rows[left[tile.rows] > 0], tile.columns[~is_pinned[tile.columns]])
        for tile in source.tiles()
    )
    return Field(source, places, left, pins, _filled(still_open))


def _filled(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    return tuple(tile for tile in tiles if len(tile.rows) and len(tile.columns))


def on_all_cores(
    work: Callable[[Tile], Found],
    tiles: Iterable[Tile],
    tick: Callable[[], object] = lambda: None,
) -> Iterator[Found]:
    """Do some work on every tile in threads, and yield what it finds in their order.

    Raise from `tick`, which is called as each comes in, to stop.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for found in pool.map(work, tiles):
                tick()
                yield found
        finally:
            pool.shutdown(cancel_futures=True)


def _in_shape(scores: Points, tile: Tile) -> Points:
    if scores.shape != (len(tile.rows), len(tile.columns)):
        raise InvalidInput(f"scores: a block of shape {scores.shape}")
    return scores


def _in_range(scores: Points) -> Points:
    if scores.max(initial=0) > FULL:
        raise InvalidInput(f"scores: {scores.max()} is not within 0 to {FULL}")
    return scores


def _as_source(scores: ArrayLike | Source, allowed: ArrayLike | None) -> Source:
    if not isinstance(scores, Source):
        matrix = check_scores(scores)
        return Ready(matrix, check_mask(allowed, matrix.shape))
    if allowed is not None:
        raise InvalidInput("allowed: a source of blocks says itself what is allowed")
    return scores


def fill(source: Source) -> tuple[Points, Mask]:
    """Write the scores of a source into one matrix, and which of its pairs may be made."""
    scores = np.full(source.shape, SHUT, dtype=np.int16)
    for tile in source.tiles():
        scores[np.ix_(tile.rows, tile.columns)] = source.block(tile.rows, tile.columns)
    allowed = scores >= 0
    return np.maximum(scores, 0), allowed


def cut(rows: Index, columns: Index) -> Iterator[Tile]:
    """Cut a rectangle into tiles of about `TILE_CELLS` pairs."""
    step = max(TILE_CELLS // max(len(columns), 1), 1)
    return (Tile(rows[first : first + step], columns) for first in range(0, len(rows), step))

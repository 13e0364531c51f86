"""Find the pairs that score enough, without working out what all of them score."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.arrays import Costs, Index, Mask, Points, Wide
from matching.assign.blocks import Field, Tile
from matching.assign.sparse import Edges

SPARSE: Final = 8
"""Where more than one pair in so many is to be scored, scoring the whole tile takes less."""
NARROW: Final = 2**30
"""Bars up to here leave room for two of them and a score in 32 bits."""


@dataclass(frozen=True, eq=False)
class Bars:
    """What pairs have to score: the sum of both people's bars.

    Attributes
    ----------
    mentors, mentees : int64 arrays, shapes (n_mentors,) and (n_mentees,)
        In points; any whole numbers.
    """

    mentors: Wide
    mentees: Wide

    def passed(self, scores: Points, tile: Tile) -> Mask:
        """Mark which pairs of a tile reach their bars."""
        ours, theirs = self.mentors[tile.rows], self.mentees[tile.columns]
        middle = (ours.max() + ours.min()) // 2
        ours, theirs = ours - middle, theirs + middle
        widest = max(np.abs(ours).max(), np.abs(theirs).max())
        narrow = np.int32 if widest < NARROW else np.int64
        above: Costs = scores.astype(narrow)
        above -= ours.astype(narrow)[:, None]
        passed: Mask = above >= theirs.astype(narrow)
        return passed


def find_over(field: Field, tile: Tile, bars: Bars) -> Edges:
    """List the pairs of a tile that may be made and reach their bars.

    Notes
    -----
    Only those whose ceilings reach them are scored.
    """
    found = look_up(field, tile, bars.passed(field.ceilings(tile), tile))
    enough = found.scores >= bars.mentors[found.rows] + bars.mentees[found.columns]
    return found.take(np.flatnonzero(enough))


def look_up(field: Field, tile: Tile, which: Mask) -> Edges:
    """Score the marked pairs of a tile, and list those that may be made."""
    at = np.flatnonzero(which)
    if len(at) * SPARSE > which.size:
        scores = field.block(tile)
        return pick(which & (scores >= 0), scores, tile)
    rows, columns = np.divmod(at, which.shape[1])
    found = field.pairs(tile.rows[rows], tile.columns[columns])
    return found.take(np.flatnonzero(found.scores >= 0))


def pick(which: Mask, scores: Points, tile: Tile) -> Edges:
    """List the marked pairs of a tile."""
    at = np.flatnonzero(which)
    rows, columns = np.divmod(at, which.shape[1])
    return Edges(tile.rows[rows], tile.columns[columns], scores.ravel()[at].astype(np.int64))


def best_of_each(edges: Edges, gains: Wide, few: int) -> Index:
    """Choose for every mentor the `few` pairs that gain most; equal ones by a hash of both.

    Returns
    -------
    int array
        Positions, ascending.
    """
    key = np.lexsort((noise(edges.rows) ^ noise(edges.columns), -gains, edges.rows))
    rows = edges.rows[key]
    first = np.searchsorted(rows, rows)
    chosen: Index = np.sort(key[np.arange(len(rows)) - first < few])
    return chosen


def noise(positions: Index) -> Wide:
    """Sixteen bits that look like chance (Fibonacci hashing)."""
    mixed = (positions.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(48)).astype(np.int64)

"""Who might meet whom, without looking at every pair: neighbours by place."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index
from matching.assign.blocks import Tile, cut
from matching.criteria.reach import Reach, Side

SMALL: Final = 64
"""So few mentors are not parted any more."""
NEAR_KM: Final = 12
"""Nor are mentors within a box of this side."""
RANGES_KM: Final = (5, 10, 20, 40, 80, 160, 320)
"""Mentees are searched apart by how far they travel, so that one who goes far harms nobody."""


def tiles_within_reach(lay: Reach) -> Iterator[Tile]:
    """Cut into tiles all pairs who can meet; pairs far out of reach are in none.

    Notes
    -----
    Mentors are halved along the longer side of their box until they are few or near. A
    mentee belongs to a box if no farther from it than the larger reach, or if both sides can
    be online. Takes O(n log n), and as much again as there are pairs of a box and a
    neighbour.
    """
    neighbours = Neighbours(lay.mentees)
    for online in (False, True):
        here = lay.mentors.online == online
        meets_all = np.flatnonzero(lay.mentees.online & online)
        for group in _boxes(lay.mentors, np.flatnonzero(here & is_placed(lay.mentors))):
            near = neighbours.of(lay.mentors, group)
            yield from _tiles(group, np.concatenate([near, meets_all]))
        elsewhere = np.flatnonzero(here & ~is_placed(lay.mentors))
        yield from _tiles(elsewhere, meets_all)


def is_placed(side: Side) -> NDArray[np.bool_]:
    """Tell who can meet in person somewhere known."""
    return ~np.isnan(side.x)


class Neighbours:
    """Mentees who meet in person, found by place."""

    def __init__(self, mentees: Side) -> None:
        self.mentees = mentees
        placed = np.flatnonzero(is_placed(mentees))
        placed = placed[np.argsort(mentees.x[placed], kind="stable")]
        classes = np.searchsorted(RANGES_KM, mentees.reach[placed])
        self.strips = [placed[classes == each] for each in np.unique(classes)]

    def of(self, mentors: Side, group: Index) -> Index:
        """Return every mentee within reach of the box of some mentors, and perhaps more."""
        x, y, reach = mentors.x[group], mentors.y[group], mentors.reach[group].max()
        found = []
        for strip in self.strips:
            far = max(reach, self.mentees.reach[strip].max()) + TOUCH
            first, last = np.searchsorted(self.mentees.x[strip], [x.min() - far, x.max() + far])
            near = strip[first:last]
            across = _outside(self.mentees.x[near], x)
            along = _outside(self.mentees.y[near], y)
            limit = np.maximum(self.mentees.reach[near], reach) + TOUCH
            found.append(near[across * across + along * along <= limit * limit])
        return np.concatenate([_NOBODY, *found])


def _tiles(group: Index, columns: Index) -> Iterator[Tile]:
    columns = np.unique(columns)
    if len(columns):
        yield from cut(np.sort(group), columns)


def _boxes(side: Side, rows: Index) -> Iterator[Index]:
    if not len(rows):
        return
    x, y = side.x[rows], side.y[rows]
    by_x = np.ptp(x) >= np.ptp(y)
    if len(rows) <= SMALL or max(np.ptp(x), np.ptp(y)) <= NEAR_KM:
        yield rows
        return
    order = np.argsort(x if by_x else y, kind="stable")
    yield from _boxes(side, rows[order[: len(rows) // 2]])
    yield from _boxes(side, rows[order[len(rows) // 2 :]])


def _outside(points: NDArray[np.float64], box: NDArray[np.float64]) -> NDArray[np.float64]:
    outside: NDArray[np.float64] = np.maximum(box.min() - points, points - box.max())
    return np.maximum(outside, 0)


TOUCH: Final = 1e-6
"""A millimetre, for roundings."""
_NOBODY: Final = np.zeros(0, dtype=np.intp)

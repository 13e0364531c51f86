"""Reach: whether and how easily two people can meet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Mask, Points
from matching.cohort import Cohort, reach_km
from matching.criteria.tables import Description
from matching.people import Mentee, Mentor, can
from matching.policy import Policy

APART: Final = -1
"""Stands in the place of a fit where two people cannot meet."""
TOUCH_KM: Final = 1e-9
"""Whoever travels no farther than this meets only who is at the same place."""
NOWHERE: Final = (math.nan, math.nan)
CACHED: Final = 2**15
"""Pairs worked on at a time: their intermediate results stay in a processor's cache."""


@dataclass(frozen=True, eq=False)
class Side:
    """Where the people of one side are, in kilometres, and how they can meet.

    Attributes
    ----------
    x, y : not a number for whoever has no place, or does not meet in person
    kind : int array
        The same for people of whom all this is equal.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    reach: NDArray[np.float64]
    online: NDArray[np.bool_]
    kind: Index


@dataclass(frozen=True, eq=False)
class Reach:
    """Distances worked out from coordinates where they are asked for."""

    mentors: Side
    mentees: Side

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return self.tile(rows, np.arange(len(self.mentees.x)))

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        return np.maximum(self.meet(rows, columns), 0)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        return np.maximum(self._meet(rows, columns), 0)

    def meet(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees; `APART` if they cannot meet."""
        _, first, row = np.unique(self.mentors.kind[rows], return_index=True, return_inverse=True)
        _, once, column = np.unique(
            self.mentees.kind[columns], return_index=True, return_inverse=True
        )
        fits = np.empty((len(first), len(once)), dtype=np.int16)
        step = max(CACHED // max(len(once), 1), 1)
        for at in range(0, len(first), step):
            some = rows[first[at : at + step], None]
            fits[at : at + step] = self._meet(some, columns[once])
        return np.take(np.take(fits, column, axis=1), row, axis=0)

    def out_of_reach(self, rows: Index, columns: Index) -> Mask:
        """Return who of these can meet neither online nor within reach."""
        apart: Mask = self.meet(rows, columns) == APART
        return apart

    def pair_out_of_reach(self, rows: Index, columns: Index) -> Mask:
        """Return which single pairs can meet neither online nor within reach."""
        apart: Mask = self._meet(rows, columns) == APART
        return apart

    def beyond(self, rows: Index, columns: Index) -> NDArray[np.float64]:
        """Return by how many kilometres single pairs are too far apart; nan without a place."""
        beyond: NDArray[np.float64] = self._distance(rows, columns) - self._limit(rows, columns)
        return beyond

    def _meet(self, rows: Index, columns: Index) -> Points:
        part = self._distance(rows, columns)
        part /= self._limit(rows, columns)
        np.subtract(1, part, out=part)
        np.fmax(part, APART, out=part)
        too_far = part < 0
        part *= 10_000
        part += 0.5
        fits = part.astype(np.int16)
        np.copyto(fits, APART, where=too_far)
        np.copyto(fits, 10_000, where=self.mentors.online[rows] & self.mentees.online[columns])
        return fits

    def _distance(self, rows: Index, columns: Index) -> NDArray[np.float64]:
        distance: NDArray[np.float64] = self.mentors.x[rows] - self.mentees.x[columns]
        along: NDArray[np.float64] = self.mentors.y[rows] - self.mentees.y[columns]
        distance *= distance
        along *= along
        distance += along
        return np.sqrt(distance, out=distance)

    def _limit(self, rows: Index, columns: Index) -> NDArray[np.float64]:
        limit: NDArray[np.float64] = np.maximum(
            self.mentors.reach[rows], self.mentees.reach[columns]
        )
        return np.maximum(limit, TOUCH_KM, out=limit)


def build(cohort: Cohort) -> Reach:
    """Lay out both sides."""
    return Reach(_side(cohort.mentors, cohort.policy), _side(cohort.mentees, cohort.policy))


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:
    """Tell whether they meet online, or how far apart they are and how far is too far."""
    limit = max(reach_km(mentor, policy), reach_km(mentee, policy))
    both_placed = mentor.place is not None and mentee.place is not None
    km = _km(mentor.place or (0, 0), mentee.place or (0, 0))
    values = {"km": round(km, 1) if both_placed else None, "limit_km": limit}
    if can(mentor, "online") and can(mentee, "online"):
        return "online", values
    if not (can(mentor, "in_person") and can(mentee, "in_person")):
        return "no_shared_mode", values
    if not both_placed:
        return "missing", values
    return ("distance" if km <= limit else "too_far"), values


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    across, along = one[0] / 1000 - other[0] / 1000, one[1] / 1000 - other[1] / 1000
    return math.sqrt(across * across + along * along)


def _side(people: Sequence[Mentor] | Sequence[Mentee], policy: Policy) -> Side:
    lain = [_lie(person, policy) for person in people]
    positions: dict[tuple[float, float, float, bool], int] = {}
    x, y, reach, online = (list(each) for each in zip(*lain, strict=True)) if lain else [[]] * 4
    return Side(
        x=np.array(x, dtype=np.float64) / 1000,
        y=np.array(y, dtype=np.float64) / 1000,
        reach=np.array(reach, dtype=np.float64),
        online=np.array(online, dtype=np.bool_),
        kind=np.array([positions.setdefault(each, len(positions)) for each in lain], dtype=np.intp),
    )


def _lie(person: Mentor | Mentee, policy: Policy) -> tuple[float, float, float, bool]:
    here = person.place if person.place is not None and can(person, "in_person") else NOWHERE
    return (*here, reach_km(person, policy), can(person, "online"))

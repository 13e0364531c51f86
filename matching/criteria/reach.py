"""Reach: whether and how easily two people can meet."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Mask, Points
from matching.cohort import Cohort, numbers, reach_km
from matching.criteria.tables import Description
from matching.people import Mentee, Mentor, can
from matching.policy import Policy

APART: Final = -1
"""Stands in the place of a fit where two people cannot meet."""


@dataclass(frozen=True, eq=False)
class Side:
    """Where the people of one side are, in kilometres, and how they can meet."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    reach: NDArray[np.float64]
    in_person: NDArray[np.bool_]
    online: NDArray[np.bool_]


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
        return self.pairs(rows[:, None], columns)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        return np.maximum(self.meet(rows, columns), 0)

    def meet(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs, and `APART` for people who cannot meet."""
        limit = np.maximum(self.mentors.reach[rows], self.mentees.reach[columns])
        part = self._distance(rows, columns)
        near = part <= limit
        near &= self.mentors.in_person[rows] & self.mentees.in_person[columns]
        np.divide(part, limit, out=part, where=limit > 0)
        np.subtract(1, part, out=part)
        np.multiply(part, 10_000, out=part)
        np.add(part, 0.5, out=part)
        np.copyto(part, APART, where=~near)
        np.floor(part, out=part)
        np.copyto(part, 10_000, where=self.mentors.online[rows] & self.mentees.online[columns])
        return part.astype(np.int16)

    def out_of_reach(self, rows: Index, columns: Index) -> Mask:
        """Return which single pairs can meet neither online nor within reach."""
        apart: Mask = self.meet(rows, columns) == APART
        return apart

    def beyond(self, rows: Index, columns: Index) -> NDArray[np.float64]:
        """Return by how many kilometres single pairs are too far apart; nan without a place."""
        limit = np.maximum(self.mentors.reach[rows], self.mentees.reach[columns])
        beyond: NDArray[np.float64] = self._distance(rows, columns) - limit
        return beyond

    def _distance(self, rows: Index, columns: Index) -> NDArray[np.float64]:
        distance: NDArray[np.float64] = self.mentors.x[rows] - self.mentees.x[columns]
        along: NDArray[np.float64] = self.mentors.y[rows] - self.mentees.y[columns]
        distance = distance * distance + along * along
        return np.sqrt(distance, out=distance)


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
    places = [person.place or (None, None) for person in people]
    return Side(
        x=numbers(place[0] for place in places) / 1000,
        y=numbers(place[1] for place in places) / 1000,
        reach=np.array([reach_km(person, policy) for person in people], dtype=np.float64),
        in_person=np.array([can(person, "in_person") for person in people], dtype=np.bool_),
        online=np.array([can(person, "online") for person in people], dtype=np.bool_),
    )

"""Availability: how much of the scarcer timetable two people share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Points
from matching.codes import SLOTS
from matching.cohort import Cohort
from matching.criteria.tables import Description, Value, half_up
from matching.people import Mentee, Mentor
from matching.policy import Policy

Weeks = NDArray[np.uint32]
"""One bit for each of the 21 weekly slots in which a person is free."""


@dataclass(frozen=True, eq=False)
class Availability:
    """Free slots of both sides, compared where asked for."""

    mentors: Weeks
    mentees: Weeks

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return self.pairs(rows[:, None], np.arange(len(self.mentees)))

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        return self.pairs(rows[:, None], columns)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        scarcer = np.minimum(
            np.bitwise_count(self.mentors)[rows], np.bitwise_count(self.mentees)[columns]
        )
        return _FITS[self.shared(rows, columns), scarcer]

    def shared(self, rows: Index, columns: Index) -> NDArray[np.uint8]:
        """Count the slots that pairs share."""
        counts: NDArray[np.uint8] = np.bitwise_count(self.mentors[rows] & self.mentees[columns])
        return counts


def build(cohort: Cohort) -> Availability:
    """Lay out both sides.

    Notes
    -----
    The fit is the overlap (Szymkiewicz-Simpson) coefficient: shared slots over the smaller
    count of free slots, 0 where either has none. Jaccard's would punish a person for being
    free often. O(n_mentors * n_mentees) where all are asked for.
    """
    return Availability(_weeks(cohort.mentors), _weeks(cohort.mentees))


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell the shared slots in the order of the week, and how many each has."""
    ours, theirs = mentor.slots or frozenset(), mentee.slots or frozenset()
    shared = tuple(slot for slot in SLOTS if slot in ours and slot in theirs)
    values: dict[str, Value] = {"shared": shared, "mentor": len(ours), "mentee": len(theirs)}
    if not ours or not theirs:
        return "missing", values
    return ("shared" if shared else "none"), values


def _weeks(people: Sequence[Mentor] | Sequence[Mentee]) -> Weeks:
    return np.array(
        [sum(_BIT[slot] for slot in person.slots or ()) for person in people], dtype=np.uint32
    )


_BIT: Final = {slot: 1 << place for place, slot in enumerate(SLOTS)}
_FITS: Final[Points] = np.array(
    [
        [half_up(10_000 * min(shared, free), free) if free else 0 for free in range(len(SLOTS) + 1)]
        for shared in range(len(SLOTS) + 1)
    ],
    dtype=np.int16,
)

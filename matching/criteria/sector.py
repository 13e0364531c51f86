"""Sector: where the mentor works against where the mentee wants to work."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from matching.arrays import Points
from matching.codes import SECTION_OF, are_related
from matching.cohort import Cohort, categories
from matching.criteria.tables import Description, Table, best_of_lists
from matching.people import Mentee, Mentor
from matching.policy import Policy

FIT: Final = {"same_division": 10_000, "same_section": 5_000, "related": 2_500, "none": 0}
"""A related section counts a quarter: half of the same section."""


def build(cohort: Cohort) -> Table:
    """Work out the fits of all pairs."""
    mentor_lists, mentor_kind = categories(cohort.mentors, lambda mentor: tuple(mentor.sectors))
    mentee_lists, mentee_kind = categories(cohort.mentees, lambda mentee: tuple(mentee.sectors))
    fits = best_of_lists(_FITS, _positions(mentor_lists), _positions(mentee_lists))
    return Table(fits, mentor_kind, mentee_kind)


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell the closest pair of sectors and how close it is."""
    if not mentor.sectors or not mentee.sectors:
        return "missing", {"mentor": tuple(mentor.sectors), "mentee": tuple(mentee.sectors)}
    code, ours, theirs = max(
        (
            (_closeness(ours, theirs), ours, theirs)
            for theirs in mentee.sectors
            for ours in mentor.sectors
        ),
        key=lambda found: FIT[found[0]],
    )
    return code, {"mentor": ours, "mentee": theirs}


def _closeness(one: str, other: str) -> str:
    if one == other and one.isdigit():
        return "same_division"
    if SECTION_OF[one] == SECTION_OF[other]:
        return "same_section"
    return "related" if are_related(SECTION_OF[one], SECTION_OF[other]) else "none"


def _positions(lists: Sequence[Sequence[str]]) -> list[list[int]]:
    return [[_POSITION[code] for code in codes] for codes in lists]


_POSITION: Final = {code: position for position, code in enumerate(SECTION_OF)}
_FITS: Final[Points] = np.array(
    [[FIT[_closeness(one, other)] for other in SECTION_OF] for one in SECTION_OF], dtype=np.int16
)

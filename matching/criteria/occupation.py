"""Occupation: the mentor's against where the mentee wants to go, then where they come from."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from matching.arrays import Points
from matching.codes import prefix_lengths, shared_digits
from matching.cohort import Cohort, categories
from matching.criteria.tables import Best, Description, Table
from matching.people import Mentee, Mentor
from matching.policy import Policy

TARGET_FIT: Final[Points] = np.array([0, 2_000, 5_000, 8_000, 10_000], dtype=np.int16)
"""Fit by the number of leading digits that both ISCO-08 codes share."""
PAST_FIT: Final[Points] = np.array([0, 1_200, 3_000, 4_800, 6_000], dtype=np.int16)
"""The same for the past occupation: six tenths."""
_CODE: Final = ("none", "major_group", "sub_major_group", "minor_group", "unit_group")


def build(cohort: Cohort) -> Best:
    """Work out the fits of all pairs."""
    codes, kind = categories(cohort.mentors, lambda mentor: mentor.occupation)
    targets, target = categories(cohort.mentees, lambda mentee: mentee.occupation)
    pasts, past = categories(cohort.mentees, lambda mentee: mentee.past_occupation)
    return Best(
        (
            Table(TARGET_FIT[_shared(codes, targets)], kind, target),
            Table(PAST_FIT[_shared(codes, pasts)], kind, past),
        )
    )


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell how many digits the codes share, and whether by target or past."""
    shared = {
        "target": shared_digits(mentor.occupation or "", mentee.occupation or ""),
        "past": shared_digits(mentor.occupation or "", mentee.past_occupation or ""),
    }
    past_is_better = PAST_FIT[shared["past"]] > TARGET_FIT[shared["target"]]
    via = "past" if past_is_better else "target"
    theirs = mentee.past_occupation if past_is_better else mentee.occupation
    if mentor.occupation is None or (mentee.occupation is None and mentee.past_occupation is None):
        return "missing", {"mentor": mentor.occupation, "mentee": theirs, "via": via}
    return _CODE[shared[via]], {"mentor": mentor.occupation, "mentee": theirs, "via": via}


def _shared(mentors: Sequence[str | None], mentees: Iterable[str | None]) -> np.ndarray:
    return prefix_lengths([code or "" for code in mentors], [code or "" for code in mentees])

"""Waiting: in how many rounds the mentee was left without a tandem."""

from typing import Final

import numpy as np

from matching.arrays import Points
from matching.cohort import Cohort
from matching.criteria.tables import Description, Table
from matching.people import Mentee, Mentor
from matching.policy import Policy

FIT: Final[Points] = np.array([0, 5_000, 8_000, 10_000], dtype=np.int16)
"""Fit after no, one, two, three or more rounds: the only way in which time counts."""


def build(cohort: Cohort) -> Table:
    """Work out the fits of all pairs; every mentor has the same."""
    rounds = [min(mentee.waiting, len(FIT) - 1) for mentee in cohort.mentees]
    kind = np.zeros(len(cohort.mentors), dtype=np.intp)
    return Table(FIT[None, :], kind, np.array(rounds, dtype=np.intp))


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell the number of rounds."""
    return ("waited" if mentee.waiting else "new"), {"rounds": mentee.waiting}

"""Needs: what the mentee asks for against what the mentor offers."""

from typing import Final

import numpy as np

from matching.arrays import Points
from matching.codes import NEEDS
from matching.cohort import Cohort, categories
from matching.criteria.tables import Description, Table, half_up
from matching.people import Mentee, Mentor
from matching.policy import Policy


def build(cohort: Cohort) -> Table:
    """Work out the fits of all pairs."""
    offers, mentor_kind = categories(cohort.mentors, lambda mentor: frozenset(mentor.offers))
    needs, mentee_kind = categories(cohort.mentees, lambda mentee: frozenset(mentee.needs))
    met = one_hot(offers) @ one_hot(needs).T
    fits = _FITS[met, np.array([len(codes) for codes in needs], dtype=np.intp)]
    return Table(fits, mentor_kind, mentee_kind)


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell which needs are met and which are not."""
    met = tuple(code for code in NEEDS if code in mentee.needs and code in mentor.offers)
    unmet = tuple(code for code in NEEDS if code in mentee.needs and code not in mentor.offers)
    values = {"met": met, "unmet": unmet}
    if not mentee.needs or not mentor.offers:
        return "missing", values
    if not met:
        return "none", values
    return ("some" if unmet else "all"), values


def one_hot(kinds: list[frozenset[str]]) -> np.ndarray:
    """Mark the needs of each kind, shape (n_kinds, n_needs)."""
    listed = [[code in codes for code in NEEDS] for codes in kinds]
    return np.array(listed, dtype=np.intp).reshape(len(kinds), len(NEEDS))


_FITS: Final[Points] = np.array(
    [
        [
            half_up(10_000 * min(met, asked), asked) if asked else 0
            for asked in range(len(NEEDS) + 1)
        ]
        for met in range(len(NEEDS) + 1)
    ],
    dtype=np.int16,
)

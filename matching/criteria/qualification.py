"""Qualification: level, field of study, and the way to recognition."""

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np

from matching.arrays import Points
from matching.codes import (
    LEVELS,
    RECOGNITION_DONE,
    are_related_fields,
    prefix_lengths,
    shared_digits,
)
from matching.cohort import Cohort, categories
from matching.criteria import prefixes
from matching.criteria.tables import Description, Sum, Table, best_of_lists, half_up
from matching.people import Mentee, Mentor
from matching.policy import Policy

LEVEL_FIT: Final = tuple(half_up(5_000 * (7 - distance), 7) for distance in range(8))
"""Half of the fit, by the distance of the EQF levels."""
FIELD_FIT: Final[Points] = np.array([0, 0, 900, 1_800, 3_000], dtype=np.int16)
"""Three tenths, by the number of leading ISCED-F digits shared: broad, narrow, detailed."""
RELATED_FIELD_FIT: Final = 450
"""A related narrow field of another broad one: half of the same broad field."""
RECOGNITION_FIT: Final = 2_000
"""Two tenths."""
_FIELD_CODE: Final = ("none", "none", "broad", "narrow", "detailed")


def build(cohort: Cohort) -> Sum:
    """Work out the fits of all pairs; rounding the level alone rounds the whole."""
    return Sum((_levels(cohort), _fields(cohort), _recognition(cohort)))


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell both levels, the closest field, and the state of recognition."""
    has_level = mentor.level is not None and mentee.level is not None
    has_fields = bool(mentor.fields and mentee.fields)
    values = {
        "mentor_level": mentor.level,
        "mentee_level": mentee.level,
        "field": _field_code(mentor, mentee) if has_fields else "missing",
        "mentor_fields": tuple(mentor.fields),
        "mentee_fields": tuple(mentee.fields),
        "recognition": _recognition_code(mentor, mentee),
    }
    return ("compared" if has_level or has_fields else "missing"), values


def _levels(cohort: Cohort) -> Table:
    fits = np.zeros((len(LEVELS) + 1, len(LEVELS) + 1), dtype=np.int16)
    for ours in LEVELS:
        for theirs in LEVELS:
            fits[ours, theirs] = LEVEL_FIT[abs(ours - theirs)]
    kind = np.array([mentor.level or 0 for mentor in cohort.mentors], dtype=np.intp)
    mentee_levels = np.array([mentee.level or 0 for mentee in cohort.mentees], dtype=np.intp)
    return Table(fits, kind, mentee_levels)


def _fields(cohort: Cohort) -> Table:
    mentor_lists, mentor_kind = categories(cohort.mentors, lambda mentor: tuple(mentor.fields))
    mentee_lists, mentee_kind = categories(cohort.mentees, lambda mentee: tuple(mentee.fields))
    known = sorted({code for codes in (*mentor_lists, *mentee_lists) for code in codes})
    fits = best_of_lists(
        np.maximum(FIELD_FIT[prefix_lengths(known, known)], _related(known)),
        _positions(mentor_lists, known),
        _positions(mentee_lists, known),
    )
    return Table(fits, mentor_kind, mentee_kind)


def _related(known: Sequence[str]) -> Points:
    listed = [[are_related_fields(one, other) for other in known] for one in known]
    related = np.array(listed, dtype=np.int16).reshape(len(known), len(known))
    return RELATED_FIELD_FIT * related


def _field_code(mentor: Mentor, mentee: Mentee) -> str:
    both = list(product(mentor.fields, mentee.fields))
    shared = max(shared_digits(one, other) for one, other in both)
    related = any(are_related_fields(one, other) for one, other in both)
    return "related" if shared < 2 and related else _FIELD_CODE[shared]


def _recognition(cohort: Cohort) -> Table:
    known = prefixes.build(
        cohort,
        named=lambda mentor: mentor.recognition,
        code=lambda mentee: mentee.occupation,
        fit=RECOGNITION_FIT,
    )
    n_paths, n_codes = known.fits.shape
    settled = np.full((n_paths, 1), RECOGNITION_FIT, dtype=np.int16)
    done = [mentee.recognition in RECOGNITION_DONE for mentee in cohort.mentees]
    mentee_kind = np.array(known.mentee_kind, dtype=np.intp)
    mentee_kind[np.array(done, dtype=np.bool_)] = n_codes
    return Table(np.hstack([known.fits, settled]), known.kind, mentee_kind)


def _recognition_code(mentor: Mentor, mentee: Mentee) -> str:
    if mentee.recognition in RECOGNITION_DONE:
        return "not_needed"
    if _knows(mentor.recognition, mentee.occupation):
        return "known"
    return "missing" if mentee.recognition is None else "unknown"


def _knows(paths: Sequence[str], occupation: str | None) -> bool:
    return occupation is not None and occupation.startswith(tuple(paths))


def _positions(lists: Sequence[Sequence[str]], known: Sequence[str]) -> list[list[int]]:
    position = {code: index for index, code in enumerate(known)}
    return [[position[code] for code in codes] for codes in lists]

"""Language: what two people can work in, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Points
from matching.codes import CEFR
from matching.cohort import Cohort, categories
from matching.criteria.tables import Description, Table, half_up
from matching.people import Mentee, Mentor
from matching.policy import Policy

SECOND_LANGUAGE: Final = 2_000
"""What another shared language at the floor adds, in basis points."""
RANK: Final = {level: rank for rank, level in enumerate(CEFR, start=1)}

Ranks = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Shared:
    """What kinds of mentors share with kinds of mentees; a rank of 0 is no shared language.

    Attributes
    ----------
    best : int8 array, shape (n_kinds, n_mentee_kinds)
        Highest rank, over the languages, of the lower of both levels.
    working : int8 array, same shape
        Number of languages in which both reach the floor.
    kind, mentee_kind : int arrays, shapes (n_mentors,) and (n_mentees,)
    """

    best: Ranks
    working: Ranks
    kind: Index
    mentee_kind: Index


def build(cohort: Cohort) -> Table:
    """Work out the fits of all pairs."""
    shared = share_languages(cohort)
    fits = fit_by_rank(cohort.policy.language_floor)[shared.best]
    fits[shared.working >= 2] += SECOND_LANGUAGE
    return Table(np.minimum(fits, 10_000), shared.kind, shared.mentee_kind)


def share_languages(cohort: Cohort) -> Shared:
    """Find what each kind of mentor shares with each kind of mentee."""
    kinds, kind = categories(cohort.mentors, lambda mentor: _key(mentor.languages))
    others, mentee_kind = categories(cohort.mentees, lambda mentee: _key(mentee.languages))
    spoken = _ranks([dict(languages) for languages in others])
    shape = len(kinds), len(others)
    best, working = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8)
    floor = RANK[cohort.policy.language_floor]
    for row, languages in enumerate(kinds):
        for code, level in languages:
            if code in spoken:
                lower = np.minimum(spoken[code], RANK[level])
                np.maximum(best[row], lower, out=best[row])
                working[row] += lower >= floor
    return Shared(best, working, kind, mentee_kind)


def fit_by_rank(floor: str) -> Points:
    """Fit of the best shared language, by the rank of the lower level."""
    steps = len(CEFR) - RANK[floor]
    fits = [half_up(10_000 * max(rank - RANK[floor], 0), max(steps, 1)) for rank in range(7)]
    if not steps:
        fits[len(CEFR)] = 10_000
    return np.array(fits, dtype=np.int16)


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:
    """Tell the shared working languages with both levels, the best one first."""
    both = sorted(
        mentor.languages.keys() & mentee.languages.keys(),
        key=lambda code: (-_lower(mentor, mentee, code), code),
    )
    working = [code for code in both if _lower(mentor, mentee, code) >= RANK[policy.language_floor]]
    values = {
        "languages": tuple(working),
        "mentor_levels": tuple(mentor.languages[code] for code in working),
        "mentee_levels": tuple(mentee.languages[code] for code in working),
        "floor": policy.language_floor,
    }
    if not working:
        return "none", values
    return ("one" if len(working) == 1 else "several"), values | {"best": working[0]}


def _lower(mentor: Mentor, mentee: Mentee, code: str) -> int:
    return min(RANK[mentor.languages[code]], RANK[mentee.languages[code]])


def _key(languages: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(languages.items()))


def _ranks(people: Sequence[Mapping[str, str]]) -> dict[str, Ranks]:
    ranks: dict[str, Ranks] = {}
    for column, languages in enumerate(people):
        for code, level in languages.items():
            ranks.setdefault(code, np.zeros(len(people), dtype=np.int8))[column] = RANK[level]
    return ranks

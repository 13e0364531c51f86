"""Mentees whose code begins with one that a mentor names: a whole branch of occupations."""

from collections.abc import Callable, Iterable

import numpy as np

from matching.arrays import Mask
from matching.codes import prefix_lengths
from matching.cohort import Cohort, categories
from matching.criteria.tables import Table, best_of_lists
from matching.people import Mentee, Mentor


def build(
    cohort: Cohort,
    *,
    named: Callable[[Mentor], Iterable[str]],
    code: Callable[[Mentee], str | None],
    fit: int,
) -> Table:
    """Give a fit to each mentor with the mentees whose code begins with one that is named.

    Parameters
    ----------
    named : codes of up to four digits that a mentor names
    code : a mentee's code of up to four digits, or None
    fit : 0 to 10,000 basis points

    Notes
    -----
    Worked out once for each set of names and each code, from which names begin which codes.
    """
    lists, kind = categories(cohort.mentors, lambda mentor: frozenset(named(mentor)))
    codes, mentee_kind = categories(cohort.mentees, lambda mentee: code(mentee) or "")
    names = sorted({name for names in lists for name in names})
    position = {name: at for at, name in enumerate(names)}
    fits = best_of_lists(
        (fit * begins(names, codes)).astype(np.int16),
        [[position[name] for name in names] for names in lists],
        [[at] for at in range(len(codes))],
    )
    return Table(fits, kind, mentee_kind)


def begins(names: list[str], codes: list[str]) -> Mask:
    """Tell which names begin which codes, shape (len(names), len(codes)).

    Examples
    --------
    >>> begins(["22", "2212"], ["2211", "2212", ""]).tolist()
    [[True, True, False], [False, True, False]]
    """
    lengths = np.array([len(name) for name in names], dtype=np.intp)
    whole: Mask = prefix_lengths(names, codes) == lengths[:, None]
    return whole

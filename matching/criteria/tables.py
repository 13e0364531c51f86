"""Fits by kind of mentor, so that each kind is worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from matching.arrays import Index, Points

Value: TypeAlias = str | int | float | bool | Sequence[str] | None
Description: TypeAlias = tuple[str, Mapping[str, Value]]
"""What to say about a pair: a code, and the values that belong to it."""


@dataclass(frozen=True, eq=False)
class Table:
    """Fits of each kind of mentor with each mentee.

    Attributes
    ----------
    fits : int16 array, shape (n_kinds, n_mentees)
    kind : int array, shape (n_mentors,)
        Row of `fits` that holds for a mentor.
    """

    fits: Points
    kind: Index

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return np.take(self.fits, self.kind[rows], axis=0)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        return self.fits[self.kind[rows], columns]


@dataclass(frozen=True, eq=False)
class Sum:
    """Fits that are the sum of several tables, and stay within 10,000 by themselves."""

    tables: tuple[Table, ...]

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        total = self.tables[0].block(rows)
        for table in self.tables[1:]:
            total += table.block(rows)
        return total

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        total = self.tables[0].pairs(rows, columns)
        for table in self.tables[1:]:
            total += table.pairs(rows, columns)
        return total


def best_of_lists(
    fits: Points, mentor_lists: Sequence[Sequence[int]], mentee_lists: Sequence[Sequence[int]]
) -> Points:
    """Take the best fit between any entry of one list and any of another; 0 for an empty one.

    Parameters
    ----------
    fits : int16 array, shape (n_codes, n_codes)
        Of a mentor's code with a mentee's.
    mentor_lists, mentee_lists : sequences of codes' positions in `fits`

    Returns
    -------
    int16 array, shape (len(mentor_lists), len(mentee_lists))
    """
    one_sided = np.zeros((len(fits), len(mentee_lists)), dtype=np.int16)
    for column, codes in enumerate(mentee_lists):
        if codes:
            one_sided[:, column] = fits[:, codes].max(axis=1)
    best = np.zeros((len(mentor_lists), len(mentee_lists)), dtype=np.int16)
    for row, codes in enumerate(mentor_lists):
        if codes:
            best[row] = one_sided[codes].max(axis=0)
    return best


def half_up(numerator: int, denominator: int) -> int:
    """Divide two whole numbers and round half up.

    Examples
    --------
    >>> half_up(10_000, 3), half_up(1, 2)
    (3333, 1)
    """
    return (2 * numerator + denominator) // (2 * denominator)

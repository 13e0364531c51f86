"""Fits by kind of mentor, so that each kind is worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index, Points

Values = TypeVar("Values", NDArray[np.int16], NDArray[np.bool_])
Value: TypeAlias = str | int | float | bool | Sequence[str] | None
Description: TypeAlias = tuple[str, Mapping[str, Value]]
"""What to say about a pair: a code, and the values that belong to it."""


@dataclass(frozen=True, eq=False)
class Table:
    """Fits of each kind of mentor with each kind of mentee.

    Attributes
    ----------
    fits : int16 array, shape (n_kinds, n_mentee_kinds)
    kind : int array, shape (n_mentors,)
        Row of `fits` that holds for a mentor.
    mentee_kind : int array, shape (n_mentees,)
        Column of `fits` that holds for a mentee.
    """

    fits: Points
    kind: Index
    mentee_kind: Index

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return take_tile(self.fits, self.kind[rows], self.mentee_kind)

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        return take_tile(self.fits, self.kind[rows], self.mentee_kind[columns])

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        return self.fits[self.kind[rows], self.mentee_kind[columns]]

    def is_like(self, other: "Table") -> bool:
        """Tell whether another table has the same kinds of people."""
        return (
            self.fits.shape == other.fits.shape
            and np.array_equal(self.kind, other.kind)
            and np.array_equal(self.mentee_kind, other.mentee_kind)
        )


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

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        total = self.tables[0].tile(rows, columns)
        for table in self.tables[1:]:
            total += table.tile(rows, columns)
        return total

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        total = self.tables[0].pairs(rows, columns)
        for table in self.tables[1:]:
            total += table.pairs(rows, columns)
        return total


@dataclass(frozen=True, eq=False)
class Best:
    """Fits that are the best of several tables, all by the same kinds of mentor."""

    tables: tuple[Table, ...]

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return self._spread(rows, [table.mentee_kind for table in self.tables])

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        return self._spread(rows, [table.mentee_kind[columns] for table in self.tables])

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        return _best([table.pairs(rows, columns) for table in self.tables])

    def _spread(self, rows: Index, mentee_kinds: Sequence[Index]) -> Points:
        first = self.tables[0]
        present, place = kinds_present(first.kind[rows], len(first.fits))
        by_kind = [
            take_tile(table.fits, present, kinds)
            for table, kinds in zip(self.tables, mentee_kinds, strict=True)
        ]
        return np.take(_best(by_kind), place, axis=0, mode="clip")


def take_tile(values: Values, kinds: Index, mentee_kinds: Index) -> Values:
    """Spread a table by kinds over people, looking up every kind of mentor once.

    Parameters
    ----------
    values : array, shape (n_kinds, n_mentee_kinds)
    kinds, mentee_kinds : kinds of the people asked for

    Returns
    -------
    array, shape (len(kinds), len(mentee_kinds))
    """
    present, place = kinds_present(kinds, len(values))
    by_kind = np.take(values[present], mentee_kinds, axis=1, mode="clip")
    return np.take(by_kind, place, axis=0, mode="clip")


def kinds_present(kinds: Index, n_kinds: int) -> tuple[Index, Index]:
    """List the kinds there are, ascending, and the place of everybody's among them."""
    is_there = np.zeros(n_kinds, dtype=np.bool_)
    is_there[kinds] = True
    places = np.cumsum(is_there) - 1
    return np.flatnonzero(is_there), places[kinds]


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


def _best(fits: Sequence[Points]) -> Points:
    best: Points = np.maximum.reduce(fits)
    return best


def half_up(numerator: int, denominator: int) -> int:
    """Divide two whole numbers and round half up.

    Examples
    --------
    >>> half_up(10_000, 3), half_up(1, 2)
    (3333, 1)
    """
    return (2 * numerator + denominator) // (2 * denominator)

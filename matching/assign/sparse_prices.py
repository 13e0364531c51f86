"""Prices over candidate pairs."""

from dataclasses import dataclass

import numpy as np

from matching.arrays import Index, Wide
from matching.assign.sparse import Edges


class NotOptimal(ArithmeticError):
    """A choice has no prices, because there is a better one."""


@dataclass(frozen=True, eq=False)
class Duals:
    """Doubled prices of both sides; see :class:`matching.assign.prices.Prices`."""

    mentors: Wide
    mentees: Wide


def sparse_prices(
    edges: Edges, worth: Wide, chosen: Index, *, places: Index, n: int, waves: int | None = None
) -> Duals:
    """Find prices in the middle between the lowest for either side.

    Parameters
    ----------
    worth : int64 array, shape (n_edges,)
    chosen : int array
        Positions of the edges of a choice.
    places : int array, shape (n_mentors,)
    n : how many mentees
    waves : give up after so many; needed only where the choice may not be optimal

    Raises
    ------
    NotOptimal
        If there are none, or none after so many waves.

    Notes
    -----
    There are prices if and only if the choice is optimal among these edges. Label-correcting
    longest paths from whoever has nothing to lose, as
    :func:`matching.assign.prices.centred_prices` on a full matrix.
    """
    graph = _Graph(edges, worth, chosen, places=places, n=n)
    low, high = graph.lowest_of_mentees(waves), graph.lowest_of_mentors()
    return Duals(low[1] + high[0], low[0] + high[1])


class _Graph:
    """Candidate pairs from both sides, with a choice among them."""

    def __init__(self, edges: Edges, worth: Wide, chosen: Index, *, places: Index, n: int) -> None:
        self.edges, self.worth, self.chosen = edges, worth, chosen
        self.by_mentor = _starts(edges.rows, len(places))
        self.order = np.argsort(edges.columns, kind="stable")
        self.by_mentee = _starts(edges.columns, n)
        counts = np.bincount(edges.rows[chosen], minlength=len(places))
        self.has_place = counts < places
        self.is_full = (counts > 0) & ~self.has_place
        self.made = np.full(n, -1)
        self.made[edges.columns[chosen]] = chosen

    def lowest_of_mentees(self, waves: int | None) -> tuple[Wide, Wide]:
        rows, columns, worth = self.edges.rows, self.edges.columns, self.worth
        mentees = np.zeros(len(self.made), dtype=np.int64)
        mentors = np.where(self.is_full, np.iinfo(np.int64).max, 0)
        np.minimum.at(mentors, rows[self.chosen], worth[self.chosen])
        changed = np.flatnonzero(self.is_full | self.has_place)
        wave = 0
        while len(changed):
            if wave == waves:
                raise NotOptimal
            wave += 1
            edges = _ranges(self.by_mentor, changed)
            before = mentees[columns[edges]]
            np.maximum.at(mentees, columns[edges], worth[edges] - mentors[rows[edges]])
            risen = np.unique(columns[edges][mentees[columns[edges]] > before])
            made = self.made[risen]
            if (made < 0).any():
                raise NotOptimal
            old = mentors[rows[made]]
            np.minimum.at(mentors, rows[made], worth[made] - mentees[columns[made]])
            changed = np.unique(rows[made][mentors[rows[made]] < old])
            if (mentors[changed] < 0).any():
                raise NotOptimal
        return mentees, mentors

    def lowest_of_mentors(self) -> tuple[Wide, Wide]:
        """Find prices that exist, because the choice is known to be optimal by now."""
        rows, columns, worth = self.edges.rows, self.edges.columns, self.worth
        mentors = np.zeros(len(self.has_place), dtype=np.int64)
        mentees = np.zeros(len(self.made), dtype=np.int64)
        mentees[columns[self.chosen]] = worth[self.chosen]
        chosen_of = _starts(rows[self.chosen], len(mentors))
        changed = np.arange(len(mentees))
        while len(changed):
            edges = self.order[_ranges(self.by_mentee, changed)]
            before = mentors[rows[edges]]
            np.maximum.at(mentors, rows[edges], worth[edges] - mentees[columns[edges]])
            risen = np.unique(rows[edges][mentors[rows[edges]] > before])
            made = self.chosen[_ranges(chosen_of, risen)]
            mentees[columns[made]] = worth[made] - mentors[rows[made]]
            changed = columns[made]
        return mentors, mentees


def _starts(positions: Index, n: int) -> Index:
    return np.concatenate([[0], np.cumsum(np.bincount(positions, minlength=n))])


def _ranges(starts: Index, which: Index) -> Index:
    lengths = starts[which + 1] - starts[which]
    offsets = np.repeat(starts[which] - (np.cumsum(lengths) - lengths), lengths)
    ranges: Index = offsets + np.arange(len(offsets))
    return ranges

"""Dual prices of an assignment: what proves that no other one is better."""

from dataclasses import dataclass

import numpy as np

from matching.arrays import Index, Mask, Wide


@dataclass(frozen=True, eq=False)
class Prices:
    """Twice the worth of one more place of each mentor, and of each mentee.

    No pair is worth more than half of both its prices, and all prices together are twice
    what the assignment is worth: hence none is worth more. Doubled so that the middle
    between the lowest and the highest such prices is a whole number.

    Attributes
    ----------
    mentors : int64 array, shape (n_mentors,)
    mentees : int64 array, shape (n_mentees,)
    scale, bonus : a pair that scores s counts ``scale * s + bonus``
    levels, costs : under ``fair`` only, where prices are Python's whole numbers of any
        length: a pair that scores ``levels[i]`` counts ``bonus - costs[i]``
    """

    mentors: Wide
    mentees: Wide
    scale: int
    bonus: int
    levels: tuple[int, ...] = ()
    costs: tuple[int, ...] = ()


def centred_prices(worth: Wide, places: Index, pairs: Index) -> tuple[Wide, Wide]:
    """Find prices in the middle between the lowest for either side.

    Parameters
    ----------
    worth : int64 array, shape (n_mentors, n_mentees)
        0 where a pair is not allowed.
    places : int array, shape (n_mentors,)
    pairs : int array, shape (k, 2)
        An assignment of the highest total worth.

    Returns
    -------
    int64 arrays, shapes (n_mentors,) and (n_mentees,)
        Doubled prices. They prove nothing where `pairs` is not optimal.
    """
    counts = np.bincount(pairs[:, 0], minlength=len(worth))
    has_place = counts < places
    low_mentees, high_mentors = _lowest_of_mentees(worth, has_place, pairs)
    low_mentors, high_mentees = _lowest_of_mentors(worth, pairs)
    return low_mentors + high_mentors, low_mentees + high_mentees


def _lowest_of_mentees(worth: Wide, has_place: Mask, pairs: Index) -> tuple[Wide, Wide]:
    rows, columns = pairs[:, 0], pairs[:, 1]
    made = worth[rows, columns]
    mentees, mentors = np.zeros(worth.shape[1], np.int64), np.zeros(worth.shape[0], np.int64)
    if not worth.size:
        return mentees, mentors
    mate = np.full(worth.shape[1], -1)
    mate[columns] = np.arange(len(pairs))
    full = np.setdiff1d(rows, np.flatnonzero(has_place))
    mentors[full] = np.iinfo(np.int64).max
    _lower(mentors, rows, made)
    changed = np.flatnonzero(np.isin(np.arange(len(worth)), rows) | has_place)
    for _ in range(len(pairs) + 1):
        asked = (worth[changed] - mentors[changed, None]).max(axis=0, initial=0)
        risen = np.flatnonzero(asked > mentees)
        mentees[risen] = asked[risen]
        before = mentors.copy()
        moved = mate[risen][mate[risen] >= 0]
        _lower(mentors, rows[moved], made[moved] - mentees[columns[moved]])
        changed = np.flatnonzero(mentors < before)
        if not len(changed):
            break
    return mentees, mentors


def _lowest_of_mentors(worth: Wide, pairs: Index) -> tuple[Wide, Wide]:
    rows, columns = pairs[:, 0], pairs[:, 1]
    made = worth[rows, columns]
    mentors, mentees = np.zeros(worth.shape[0], np.int64), np.zeros(worth.shape[1], np.int64)
    if not worth.size:
        return mentors, mentees
    mentees[columns] = made
    changed = np.arange(worth.shape[1])
    for _ in range(len(pairs) + 1):
        asked = (worth[:, changed] - mentees[changed]).max(axis=1, initial=0)
        risen = asked > mentors
        mentors[risen] = asked[risen]
        moved = np.flatnonzero(risen[rows])
        mentees[columns[moved]] = made[moved] - mentors[rows[moved]]
        changed = columns[moved]
        if not len(changed):
            break
    return mentors, mentees


def _lower(prices: Wide, where: Index, to: Wide) -> None:
    np.minimum.at(prices, where, to)

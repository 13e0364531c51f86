"""Assign by one dense linear assignment: for rounds whose matrix fits into memory."""

from typing import TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.arrays import Index, Wide
from matching.assign.aims import Worth, worth_under
from matching.assign.fair import assign_fair
from matching.assign.prices import Prices, centred_prices
from matching.assign.problem import Assignment, Problem
from matching.assign.ties import Keys, mix, tie_range

Ties: TypeAlias = tuple[int, Wide | int]


def assign_dense(problem: Problem, aim: str, tie_keys: tuple[Keys, Keys] | None) -> Assignment:
    """Solve a problem whose matrix exists; see :func:`matching.assign`."""
    if aim == "fair":
        return assign_fair(problem, tie_keys)
    worth = worth_under(aim, problem.size)
    weights = worth_of(problem, worth)
    free = choose(weights, problem, tie_weights(problem, worth, tie_keys))
    pairs = np.concatenate([free, problem.pinned])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    mentors, mentees = centred_prices(weights, problem.left, free)
    return Assignment(
        pairs=pairs,
        tandems=len(pairs),
        score=int(problem.scores[pairs[:, 0], pairs[:, 1]].sum(dtype=np.int64)),
        prices=Prices(mentors, mentees, worth.scale, worth.bonus),
    )


def worth_of(problem: Problem, worth: Worth) -> Wide:
    """Return what each open pair is worth, 0 for the others."""
    values = problem.scores.astype(np.int64) * worth.scale + worth.bonus
    return np.where(problem.open, values, 0)


def tie_weights(problem: Problem, worth: Worth, tie_keys: tuple[Keys, Keys] | None) -> Ties:
    """Return what to multiply a worth by to make room for hashes, and the hashes."""
    if tie_keys is None:
        return 1, 0
    values = tie_range(worth.highest, problem.size)
    return problem.size * values + 1, mix(*tie_keys, values)


def choose(weights: Wide, problem: Problem, ties: Ties) -> Index:
    """Choose the open pairs of the highest total, shape (k, 2); ties by hashes."""
    factor, hashes = ties
    fine = np.where(problem.open, weights * factor - hashes, 0).astype(np.float64)
    owner = np.repeat(np.arange(len(weights)), problem.places)
    slots, columns = linear_sum_assignment(fine[owner], maximize=True)
    pairs = np.column_stack([owner[slots], columns])
    made: Index = pairs[problem.open[pairs[:, 0], pairs[:, 1]]]
    return made

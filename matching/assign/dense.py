"""Assign by one dense linear assignment: for rounds whose matrix fits into memory."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.arrays import Index, Wide
from matching.assign.aims import Worth, worth_under
from matching.assign.prices import Prices, centred_prices
from matching.assign.problem import Assignment, Problem
from matching.assign.ties import Keys, mix, tie_range


def assign_dense(problem: Problem, aim: str, tie_keys: tuple[Keys, Keys] | None) -> Assignment:
    """Solve a problem whose matrix exists; see :func:`matching.assign`."""
    worth = worth_under(aim, problem.size)
    weights = np.where(problem.open, problem.scores.astype(np.int64) * worth.scale + worth.bonus, 0)
    free = _solve(weights, problem, _tie_weights(problem, worth, tie_keys))
    pairs = np.concatenate([free, problem.pinned])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    mentors, mentees = centred_prices(weights, problem.places, free)
    return Assignment(
        pairs=pairs,
        tandems=len(pairs),
        score=int(problem.scores[pairs[:, 0], pairs[:, 1]].sum(dtype=np.int64)),
        prices=Prices(mentors, mentees, worth.scale, worth.bonus),
    )


def _tie_weights(
    problem: Problem, worth: Worth, tie_keys: tuple[Keys, Keys] | None
) -> tuple[int, Wide | int]:
    if tie_keys is None:
        return 1, 0
    values = tie_range(worth.highest, problem.size)
    return problem.size * values + 1, mix(*tie_keys, values)


def _solve(weights: Wide, problem: Problem, ties: tuple[int, Wide | int]) -> Index:
    factor, hashes = ties
    fine = np.where(problem.open, weights * factor - hashes, 0).astype(np.float64)
    owner = np.repeat(np.arange(len(weights)), problem.places)
    slots, columns = linear_sum_assignment(fine[owner], maximize=True)
    pairs = np.column_stack([owner[slots], columns])
    made: Index = pairs[problem.open[pairs[:, 0], pairs[:, 1]]]
    return made

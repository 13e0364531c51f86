"""Assign by one dense linear assignment: for rounds whose matrix fits into memory."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linear_sum_assignment

from matching.arrays import Index, Wide
from matching.assign.aims import Worth, worth_under
from matching.assign.prices import Prices, centred_prices
from matching.assign.problem import Assignment, Problem, pose
from matching.assign.ties import Keys, mix, tie_range
from matching.errors import InvalidInput


def assign(
    scores: ArrayLike,
    *,
    allowed: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    pinned: Iterable[tuple[int, int]] = (),
    aim: str = "most",
    tie_keys: tuple[Keys, Keys] | None = None,
) -> Assignment:
    """Choose the pairs that serve an aim best.

    Parameters
    ----------
    scores : int array, shape (n_mentors, n_mentees)
        0 to 10,000, higher is better.
    allowed : bool array, same shape
        Which pairs may be made; all of them by default.
    capacity : int array, shape (n_mentors,)
        How many mentees each mentor may have; one by default.
    pinned : pairs of positions that must be made
    aim : ``most`` or ``best``
        Most pairs, then the highest total; or the highest total, then most pairs.
    tie_keys : two uint64 arrays, shapes (n_mentors,) and (n_mentees,)
        Among equal results, take the one with the smallest sum of mixed keys. Without them
        that choice depends on the order of rows and columns.

    Returns
    -------
    Assignment
        No other choice is better under the aim; :func:`verify` can tell from its prices.

    Raises
    ------
    InvalidInput
        If an argument has the wrong shape, type or range, or the pins cannot be kept.

    Notes
    -----
    Places are rows of a rectangular linear assignment, solved by shortest augmenting paths
    [1]_ in O(n^3). Keys count in the same solve below the last whole number of worth, as
    finely as doubles stay exact; beyond some 7,000 people they do not count at all. Where
    even the sums of keys are equal the order decides: sort both sides by key first.

    References
    ----------
    .. [1] D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE
       Trans. Aerosp. Electron. Syst. 52(4), 2016.

    Examples
    --------
    >>> chosen = assign(np.array([[9000, 8000], [8500, 0]]))
    >>> chosen.pairs.tolist(), chosen.score
    ([[0, 1], [1, 0]], 16500)
    """
    problem = pose(scores, allowed=allowed, capacity=capacity, pinned=pinned, aim=aim)
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
    mentors, mentees = tie_keys
    if (len(mentors), len(mentees)) != problem.scores.shape:
        raise InvalidInput(f"tie_keys: {len(mentors)} and {len(mentees)} keys")
    values = tie_range(worth.highest, problem.size)
    return problem.size * values + 1, mix(mentors, mentees, values)


def _solve(weights: Wide, problem: Problem, ties: tuple[int, Wide | int]) -> Index:
    factor, hashes = ties
    fine = np.where(problem.open, weights * factor - hashes, 0).astype(np.float64)
    owner = np.repeat(np.arange(len(weights)), problem.places)
    slots, columns = linear_sum_assignment(fine[owner], maximize=True)
    pairs = np.column_stack([owner[slots], columns])
    made: Index = pairs[problem.open[pairs[:, 0], pairs[:, 1]]]
    return made

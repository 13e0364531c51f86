"""Check a result without trusting, or using, what computed it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from matching.arrays import Index, Wide
from matching.assign.prices import Prices
from matching.assign.problem import Assignment, Problem, pose
from matching.errors import Refuted
from matching.policy import FULL

BLOCK_CELLS: Final = 2**19


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What has been proved: the aim cannot be served better than by this many and this much.

    `worth` is twice what the free choices are worth together, and `bound` the sum of the
    prices, which no choice can exceed; a certificate exists only where both are the same.
    """

    aim: str
    tandems: int
    score: int
    worth: int
    bound: int


def verify(
    assignment: Assignment,
    scores: ArrayLike,
    *,
    allowed: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    pinned: Iterable[tuple[int, int]] = (),
    aim: str = "most",
) -> Certificate:
    """Prove in whole numbers that an assignment is sound and none is better.

    Parameters as in :func:`matching.assign`.

    Raises
    ------
    Refuted
        If somebody is taken twice, a pair is not allowed or not there, a pin is not kept, a
        total is wrong, or the prices do not prove that nothing is better.
    InvalidInput
        If the question itself is malformed.

    Notes
    -----
    Weak duality of linear programming: if no open pair is worth more than its two prices,
    and all prices together equal the worth of the pairs, then no choice is worth more. A
    bonus beyond the sum of all scores (or a scale beyond the sum of all bonuses) makes the
    largest worth the aim. Takes O(n_mentors * n_mentees), by blocks.
    """
    problem = pose(scores, allowed=allowed, capacity=capacity, pinned=pinned, aim=aim)
    pairs = _check_pairs(assignment.pairs, problem)
    _check_totals(assignment, problem, pairs)
    prices = assignment.prices
    _check_prices(prices, problem, aim)
    pins = set(map(tuple, problem.pinned.tolist()))
    free = np.array([pair not in pins for pair in map(tuple, pairs.tolist())], dtype=np.bool_)
    chosen = _scores_of(problem, pairs[free])
    worth = 2 * (prices.scale * sum(chosen) + prices.bonus * len(chosen))
    bound = int((prices.mentors * problem.places).sum()) + int(
        prices.mentees[problem.open.any(axis=0)].sum()
    )
    if worth != bound:
        raise Refuted(f"the pairs are worth {worth}, their prices {bound}")
    return Certificate(
        aim=aim, tandems=len(pairs), score=assignment.score, worth=worth, bound=bound
    )


def _check_pairs(pairs: Index, problem: Problem) -> Index:
    if pairs.ndim != 2 or pairs.shape[1] != 2 or not np.issubdtype(pairs.dtype, np.integer):
        raise Refuted(f"pairs: {pairs.dtype} of shape {pairs.shape}")
    if ((pairs < 0) | (pairs >= problem.scores.shape)).any():
        raise Refuted("a pair is outside the scores")
    times = np.bincount(pairs[:, 1], minlength=problem.scores.shape[1])
    if (times > 1).any():
        raise Refuted(f"mentee {int(times.argmax())} is taken {times.max()} times")
    excess = np.bincount(pairs[:, 0], minlength=problem.scores.shape[0]) - problem.capacity
    if (excess > 0).any():
        raise Refuted(f"mentor {int(excess.argmax())} is over capacity by {excess.max()}")
    shut_out = ~problem.allowed[pairs[:, 0], pairs[:, 1]]
    if shut_out.any():
        raise Refuted(f"pair {pairs[shut_out][0].tolist()} is not allowed")
    return pairs


def _check_totals(assignment: Assignment, problem: Problem, pairs: Index) -> None:
    missing = set(map(tuple, problem.pinned.tolist())) - set(map(tuple, pairs.tolist()))
    if missing:
        raise Refuted(f"pinned pair {min(missing)} is not made")
    if assignment.tandems != len(pairs):
        raise Refuted(f"{assignment.tandems} tandems claimed, {len(pairs)} made")
    total = sum(_scores_of(problem, pairs))
    if assignment.score != total:
        raise Refuted(f"a score of {assignment.score} claimed, {total} made")


def _check_prices(prices: Prices, problem: Problem, aim: str) -> None:
    large, small = (prices.bonus, prices.scale) if aim == "most" else (prices.scale, prices.bonus)
    weight_of_small = problem.size * small * (FULL if aim == "most" else 1)
    if small < 1 or large <= weight_of_small:
        raise Refuted(f"scale {prices.scale} and bonus {prices.bonus} do not stand for {aim!r}")
    highest = 2 * (prices.scale * FULL + prices.bonus)
    for side, size in zip((prices.mentors, prices.mentees), problem.scores.shape, strict=True):
        if side.shape != (size,) or side.dtype != np.int64:
            raise Refuted(f"prices: {side.dtype} of shape {side.shape}, not int64 of ({size},)")
        if ((side < 0) | (side > highest)).any():
            raise Refuted(f"a price lies outside 0 to {highest}")
    for first, gap in _gaps(prices, problem):
        if (gap > 0).any():
            row, column = np.argwhere(gap > 0)[0].tolist()
            raise Refuted(f"pair ({first + row}, {column}) is worth more than its prices")


def _gaps(prices: Prices, problem: Problem) -> Iterator[tuple[int, Wide]]:
    step = max(BLOCK_CELLS // max(problem.scores.shape[1], 1), 1)
    for first in range(0, problem.scores.shape[0], step):
        rows = slice(first, first + step)
        worth = 2 * (problem.scores[rows].astype(np.int64) * prices.scale + prices.bonus)
        paid = prices.mentors[rows, None] + prices.mentees[None, :]
        yield first, np.where(problem.open[rows], worth - paid, 0)


def _scores_of(problem: Problem, pairs: Index) -> list[int]:
    found: list[int] = problem.scores[pairs[:, 0], pairs[:, 1]].tolist()
    return found

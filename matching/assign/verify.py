"""Check a result without trusting, or using, what computed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.arrays import Index, Points
from matching.assign.blocks import Field, Source, Tile, lay_out
from matching.assign.prices import Prices
from matching.assign.problem import Assignment
from matching.assign.verify_fair import weigh_fair
from matching.errors import Refuted
from matching.policy import FULL

LARGEST: Final = 2**40
"""Beyond this, sums inside a block might not stay exact; no round needs as much."""


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
    scores: ArrayLike | Source,
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
    largest worth the aim. Takes O(n_mentors * n_mentees), by blocks on all cores, in memory
    that grows with the people.

    Examples
    --------
    >>> from matching import assign
    >>> scores = np.array([[9000, 8000], [8500, 0]])
    >>> verify(assign(scores), scores).score
    16500
    """
    field = lay_out(scores, allowed=allowed, capacity=capacity, pinned=pinned, aim=aim)
    pairs = _check_pairs(assignment.pairs, field)
    made = field.source.pairs(pairs[:, 0], pairs[:, 1]).astype(np.int64)
    _check_totals(assignment, field, pairs, total=int(made.sum()))
    prices = assignment.prices
    pins = set(map(tuple, field.pinned.tolist()))
    free = np.array([pair not in pins for pair in map(tuple, pairs.tolist())], dtype=np.bool_)
    if aim == "fair":
        worth, bound = weigh_fair(prices, field, made[free])
        return _certify(assignment, aim, worth=worth, bound=bound)
    _check_aim(prices, aim, size=int(free.sum()))
    _check_prices(prices, field)
    worth = 2 * (prices.scale * int(made[free].sum()) + prices.bonus * int(free.sum()))
    _check_tiles(prices, field)
    bound = _bound(prices, field)
    return _certify(assignment, aim, worth=worth, bound=bound)


def _certify(assignment: Assignment, aim: str, *, worth: int, bound: int) -> Certificate:
    if worth != bound:
        raise Refuted(f"the pairs are worth {worth}, their prices {bound}")
    return Certificate(
        aim=aim,
        tandems=assignment.tandems,
        score=assignment.score,
        worth=worth,
        bound=bound,
    )


def _check_pairs(pairs: Index, field: Field) -> Index:
    if pairs.ndim != 2 or pairs.shape[1] != 2 or not np.issubdtype(pairs.dtype, np.integer):
        raise Refuted(f"pairs: {pairs.dtype} of shape {pairs.shape}")
    if ((pairs < 0) | (pairs >= field.source.shape)).any():
        raise Refuted("a pair is outside the scores")
    times = np.bincount(pairs[:, 1], minlength=field.source.shape[1])
    if (times > 1).any():
        raise Refuted(f"mentee {int(times.argmax())} is taken {times.max()} times")
    excess = np.bincount(pairs[:, 0], minlength=field.source.shape[0]) - field.capacity
    if (excess > 0).any():
        raise Refuted(f"mentor {int(excess.argmax())} is over capacity by {excess.max()}")
    shut_out = field.source.pairs(pairs[:, 0], pairs[:, 1]) < 0
    if shut_out.any():
        raise Refuted(f"pair {pairs[shut_out][0].tolist()} is not allowed")
    return pairs


def _check_totals(assignment: Assignment, field: Field, pairs: Index, *, total: int) -> None:
    missing = set(map(tuple, field.pinned.tolist())) - set(map(tuple, pairs.tolist()))
    if missing:
        raise Refuted(f"pinned pair {min(missing)} is not made")
    if assignment.tandems != len(pairs):
        raise Refuted(f"{assignment.tandems} tandems claimed, {len(pairs)} made")
    if assignment.score != total:
        raise Refuted(f"a score of {assignment.score} claimed, {total} made")


def _check_prices(prices: Prices, field: Field) -> None:
    highest = prices.scale * FULL + prices.bonus
    for side, size in zip((prices.mentors, prices.mentees), field.source.shape, strict=True):
        if side.shape != (size,) or side.dtype != np.int64:
            raise Refuted(f"prices: {side.dtype} of shape {side.shape}, not int64 of ({size},)")
        if ((side < 0) | (side > 2 * highest)).any():
            raise Refuted(f"a price lies outside 0 to {2 * highest}")


def _check_tiles(prices: Prices, field: Field) -> None:
    """Hold every open pair against its prices, scoring those whose ceiling beats them."""

    def look(tile: Tile) -> list[tuple[int, int]]:
        rows, columns = np.nonzero(_gaps(field.ceilings(tile), tile, prices) > 0)
        found = field.pairs(tile.rows[rows], tile.columns[columns])
        worth = 2 * (prices.scale * found.scores + prices.bonus)
        paid = prices.mentors[found.rows] + prices.mentees[found.columns]
        dear = np.flatnonzero((worth > paid) & (found.scores >= 0))[:1]
        return [(int(found.rows[at]), int(found.columns[at])) for at in dear]

    too_dear = [pair for found in field.each(look) for pair in found]
    if too_dear:
        raise Refuted(f"pair {min(too_dear)} is worth more than its prices")


def _bound(prices: Prices, field: Field) -> int:
    """Return what all the prices are together: no choice beside the pins is worth more."""
    is_free = np.ones(len(prices.mentees), dtype=np.bool_)
    is_free[field.pinned[:, 1]] = False
    return _dot(prices.mentors, field.places) + _dot(prices.mentees, is_free)


def _check_aim(prices: Prices, aim: str, *, size: int) -> None:
    large, small = (prices.scale, prices.bonus) if aim == "best" else (prices.bonus, prices.scale)
    room = size * small * (1 if aim == "best" else FULL)
    if small < 1 or large <= room or large > LARGEST:
        raise Refuted(f"scale {prices.scale} and bonus {prices.bonus} do not stand for {aim!r}")


def _gaps(ceilings: Points, tile: Tile, prices: Prices) -> NDArray[np.signedinteger]:
    largest = 4 * (prices.scale * FULL + prices.bonus)
    narrow = np.int32 if largest < np.iinfo(np.int32).max else np.int64
    gaps = np.multiply(ceilings, narrow(2 * prices.scale), dtype=narrow)
    gaps += narrow(2 * prices.bonus)
    gaps -= prices.mentors[tile.rows].astype(narrow)[:, None]
    gaps -= prices.mentees[tile.columns].astype(narrow)
    return gaps


def _dot(prices: NDArray[np.int64], times: NDArray[np.generic]) -> int:
    """Sum in numbers of any length: places times prices may outgrow 64 bits."""
    counted = np.flatnonzero(times)
    return sum(
        price * int(count)
        for price, count in zip(prices[counted].tolist(), times[counted].tolist(), strict=True)
    )

"""Check what is claimed to be fair, by numbers of any length, without what computed it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from matching.arrays import Index, Mask, Points, Wide
from matching.assign.blocks import Field, Tile
from matching.assign.prices import Prices
from matching.errors import Refuted

LEADING_BITS: Final = 56
"""Most pairs' prices are seen to be high enough from so many leading bits."""


def weigh_fair(prices: Prices, field: Field, made: Wide) -> tuple[int, int]:
    """Return twice what the pairs are worth, and what their prices allow at most.

    Parameters
    ----------
    made : scores of the pairs that are not pinned

    Raises
    ------
    Refuted
        If the prices have another shape, are negative or too low for an open pair, or
        the costs of levels do not stand for the aim.

    Notes
    -----
    A choice that is better has as many pairs, and fewer of them at the first level at which
    both differ. It is worth more if that level costs more than all later ones can, each
    with as many pairs as there are mentees who have one at it.
    """
    _check_shapes(prices, field)
    worth = np.array([2 * (prices.bonus - cost) for cost in prices.costs], dtype=object)
    known = np.array(prices.levels, dtype=np.int64)
    open_to: Index = np.zeros(field.source.shape[0], dtype=np.intp)
    at_level = np.zeros((len(known), field.source.shape[1]), dtype=np.bool_)
    for tile in field.tiles:
        scores = field.block(tile)
        is_open: Mask = scores >= 0
        rank = _rank(scores, is_open, known)
        open_to[tile.rows] += np.count_nonzero(is_open, axis=1)
        rows, columns = is_open.nonzero()
        at_level[rank[rows, columns], tile.columns[columns]] = True
        _check_gaps(prices, worth, tile, rank=rank, is_open=is_open)
    places = np.minimum(field.places, open_to)
    has_choice = at_level.any(axis=0)
    size = min(int(places.sum()), int(has_choice.sum()))
    counts = np.bincount(np.searchsorted(known, made), minlength=len(known)).tolist()
    limits = np.count_nonzero(at_level, axis=1).tolist()
    _check_costs(prices, limits, size=size)
    total = sum(count * each for count, each in zip(counts, worth.tolist(), strict=True))
    return total, sum(prices.mentors * places) + sum(prices.mentees[has_choice])


def _check_shapes(prices: Prices, field: Field) -> None:
    for side, size in zip((prices.mentors, prices.mentees), field.source.shape, strict=True):
        if side.shape != (size,) or not all(isinstance(price, int) for price in side.tolist()):
            raise Refuted(f"prices: {side.dtype} of shape {side.shape}, not whole of ({size},)")
        if ((side < 0) | (side > 4 * prices.bonus)).any():
            raise Refuted(f"a price lies outside 0 to {4 * prices.bonus}")
    rising = all(low < high for low, high in pairwise(prices.levels))
    if len(prices.levels) != len(prices.costs) or not rising:
        raise Refuted("levels do not rise, or have no costs")
    if not all(0 < cost < prices.bonus for cost in prices.costs):
        raise Refuted(f"a level costs less than 1 or more than the {prices.bonus} of a pair")


def _check_gaps(prices: Prices, worth: Wide, tile: Tile, *, rank: Index, is_open: Mask) -> None:
    """Compare leading bits, which settle most pairs, and in full only where they do not."""
    cut = max(prices.bonus.bit_length() - LEADING_BITS, 0)
    mentors, mentees, least = (
        (numbers >> cut).astype(np.int64)
        for numbers in (prices.mentors[tile.rows], prices.mentees[tile.columns], worth)
    )
    unsure = is_open & (mentors[:, None] + mentees <= np.append(least, 0)[rank])
    for row in np.flatnonzero(unsure.any(axis=1)).tolist():
        columns = np.flatnonzero(unsure[row])
        paid = prices.mentors[tile.rows[row]] + prices.mentees[tile.columns[columns]]
        too_dear = columns[worth[rank[row, columns]] > paid].tolist()
        if too_dear:
            pair = int(tile.rows[row]), int(tile.columns[too_dear[0]])
            raise Refuted(f"pair {pair} is worth more than its prices")


def _rank(scores: Points, is_open: Mask, known: Wide) -> Index:
    rank = np.searchsorted(known, scores)
    listed = np.append(known, -1)[rank] == scores
    if (is_open & ~listed).any():
        raise Refuted(f"score {int(scores[is_open & ~listed][0])} is at no level")
    return rank


def _check_costs(prices: Prices, limits: Sequence[int], *, size: int) -> None:
    later = 0
    for cost, limit in reversed(list(zip(prices.costs, limits, strict=True))):
        if cost <= later:
            raise Refuted(f"a level that costs {cost} does not outweigh those after it")
        later += cost * min(limit, size)
    if prices.bonus <= later:
        raise Refuted(f"a pair counts {prices.bonus}, which low scores may outweigh")

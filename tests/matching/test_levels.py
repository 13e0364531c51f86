"""Levels of scores, packed into numbers; those that can be avoided are skipped."""

from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

import matching
from matching.assign import fair
from matching.assign.levels import Levels
from matching.assign.ties import mix, tie_keys, tie_range


def levels(*limits: int) -> Levels:
    return Levels(np.arange(len(limits)), np.zeros((0, 0), dtype=np.intp), np.array(limits))


@pytest.mark.parametrize(
    ("limits", "first", "bits", "digits"),
    [
        ((1, 2, 3), 0, 36, (12, 4, 1)),
        ((1, 2, 3), 1, 36, (4, 1)),
        ((1, 2, 3), 2, 36, (1,)),
        ((1, 2, 3), 0, 3, (3, 1)),
        ((1, 1, 1, 1, 1), 0, 3, (4, 2, 1)),
        ((1, 1, 1, 1, 1), 1, 3, (4, 2, 1)),
        ((9, 9), 0, 3, (1,)),
    ],
)
def test_as_many_levels_are_packed_as_there_are_bits(limits, first, bits, digits):
    assert levels(*limits).pack(first, bits) == digits


def test_one_pair_outweighs_all_that_can_be_at_later_levels():
    limits = (4, 1, 3, 2)
    digits = levels(*limits).weigh(0, len(limits))
    for at, digit in enumerate(digits):
        later = zip(digits[at + 1 :], limits[at + 1 :], strict=True)
        assert digit == 1 + sum(other * limit for other, limit in later)


@pytest.mark.parametrize("shape", [(8, 8), (9, 8), (8, 9)])
def test_low_levels_that_nobody_need_be_at_take_no_solve(shape, monkeypatch):
    scores = np.arange(shape[0] * shape[1]).reshape(shape)
    np.fill_diagonal(scores, scores.diagonal() + 5_000)
    solved = []

    def count(worth, **words):
        solved.append(worth)
        return linear_sum_assignment(worth, **words)

    monkeypatch.setattr(fair, "linear_sum_assignment", count)
    chosen = matching.assign(scores, aim="fair")
    assert chosen.pairs.tolist() == [[at, at] for at in range(8)]
    assert len(solved) == 3  # the most pairs, all levels above, the pairs themselves


@pytest.mark.parametrize("seed", range(40))
def test_hashes_never_cost_a_pair(seed):
    keys = tie_keys(["M0", "M1"], seed), tie_keys(["E0", "E1"], seed)
    allowed = [[True, True], [True, False]]
    chosen = matching.assign(np.full((2, 2), 5), allowed=allowed, aim="fair", tie_keys=keys)
    assert chosen.pairs.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("seed", range(20))
def test_among_fair_results_the_one_of_the_smallest_sum_of_hashes_is_taken(seed):
    keys = tie_keys(["M0", "M1", "M2"], seed), tie_keys(["E0", "E1", "E2"], seed)
    hashes = mix(*keys, tie_range(3, 3))
    chosen = matching.assign(np.full((3, 3), 5), aim="fair", tie_keys=keys)
    least = min(permutations(range(3)), key=lambda mates: hashes[range(3), mates].sum())
    assert chosen.pairs.tolist() == [list(pair) for pair in enumerate(least)]

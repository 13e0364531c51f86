"""Every search for shortest paths is compared with the plainest one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.explain.paths import CAP, FEW, all_paths, near_paths, paths_from, shortest

lengths = st.sampled_from([0, 1, 5, 900, CAP - 1, CAP, 40_000_000])
tables = st.integers(1, 6).flatmap(lambda n: arrays(np.int64, (n, n), elements=lengths))


def plain_paths(steps):
    steps = [[int(step) for step in row] for row in steps]
    everyone = range(len(steps))
    for node in everyone:
        steps[node][node] = 0
    for via in everyone:
        for start in everyone:
            for end in everyone:
                steps[start][end] = min(steps[start][end], steps[start][via] + steps[via][end])
    return steps


def with_free_stay(steps):
    np.fill_diagonal(steps, 0)
    return steps


@given(tables.map(with_free_stay))
def test_all_searches_agree_with_the_plainest(steps):
    expected = plain_paths(steps)
    assert all_paths(steps).tolist() == expected
    assert near_paths(steps).tolist() == np.minimum(expected, CAP).tolist()
    assert paths_from(steps, range(len(steps))).tolist() == expected


@given(tables.map(with_free_stay), st.data())
def test_a_walk_is_a_shortest_path_of_fewest_steps(steps, data):
    start, end = (data.draw(st.integers(0, len(steps) - 1)) for _ in range(2))
    paths = all_paths(steps)
    chain = shortest(steps, paths[:, end], start=start, end=end)
    assert (chain[0], chain[-1]) == (start, end)
    assert len(set(chain)) == len(chain)
    assert sum(steps[a, b] for a, b in pairwise(chain)) == paths[start, end]


def test_many_searches_are_made_at_once():
    rng = np.random.default_rng(3)
    steps = with_free_stay(rng.integers(0, 50_000, (FEW + 5, FEW + 5)))
    one_by_one = [paths_from(steps, [node])[0] for node in range(len(steps))]
    assert (paths_from(steps, range(len(steps))) == np.array(one_by_one)).all()


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_what_cannot_be_reached_stays_so(dtype):
    shut = np.iinfo(dtype).max // 2
    steps = np.array([[0, shut], [shut, 0]], dtype=dtype)
    assert all_paths(steps)[0, 1] == shut
    assert paths_from(steps, [0])[0, 1] == shut

"""The large path against the dense one, which the oracle has judged."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import matching
from matching.assign import candidates
from matching.assign.blocks import Ready, lay_out
from matching.assign.large import assign_large
from matching.assign.ties import tie_keys
from tests.matching.strategies import problems

aims = st.sampled_from(["most", "best"])
seeds = st.integers(0, 3_000)


@st.composite
def crowds(draw: st.DrawFn, most: int = 60):
    """Up to 60 people a side, with ties, pairs shut out, places and pins."""
    shape = draw(st.integers(0, most)), draw(st.integers(0, most))
    chance = np.random.default_rng(draw(seeds))
    steps = draw(st.sampled_from([1, 2, 10, 1_000, 10_000]))
    scores = chance.integers(0, steps + 1, shape) * (10_000 // steps)
    allowed = chance.random(shape) < draw(st.sampled_from([0.02, 0.2, 0.7, 1]))
    capacity = chance.integers(0, draw(st.integers(1, 4)) + 1, shape[0])
    pins: list[tuple[int, int]] = []
    for row in np.flatnonzero(capacity)[: draw(st.integers(0, 3))].tolist():
        free = set(np.flatnonzero(allowed[row]).tolist()) - {column for _, column in pins}
        pins.extend([(row, min(free))] if free else [])
    return {"scores": scores, "allowed": allowed, "capacity": capacity, "pinned": tuple(pins)}


def keys_for(problem, seed: int):
    n_mentors, n_mentees = problem["scores"].shape
    return (
        tie_keys((f"M{row}" for row in range(n_mentors)), seed),
        tie_keys((f"E{column}" for column in range(n_mentees)), seed),
    )


@settings(max_examples=100)
@given(crowds() | problems(), aims, seeds)
def test_both_paths_choose_the_same_pairs(problem, aim, seed):
    keys = keys_for(problem, seed)
    dense = matching.assign(**problem, aim=aim, tie_keys=keys, path="dense")
    large = matching.assign(**problem, aim=aim, tie_keys=keys, path="large")
    assert large.pairs.tolist() == dense.pairs.tolist()
    assert (large.tandems, large.score) == (dense.tandems, dense.score)


@settings(max_examples=60)
@given(crowds(), aims, seeds, st.sampled_from([1, 2, 4]), st.sampled_from([1, 3]))
def test_prices_of_a_sample_change_no_result(problem, aim, seed, few, sample):
    keys = keys_for(problem, seed)
    dense = matching.assign(**problem, aim=aim, tie_keys=keys, path="dense")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "FEWEST", few)
        patch.setattr(candidates, "SAMPLE", sample + 1)
        large = matching.assign(**problem, aim=aim, tie_keys=keys, path="large")
    assert large.pairs.tolist() == dense.pairs.tolist()


@given(crowds(), aims)
def test_without_keys_both_paths_are_equally_good_and_proved(problem, aim):
    dense = matching.assign(**problem, aim=aim, path="dense")
    large = matching.assign(**problem, aim=aim, path="large")
    assert (large.tandems, large.score) == (dense.tandems, dense.score)
    proved = matching.verify(large, **problem, aim=aim)
    assert (proved.tandems, proved.score) == (large.tandems, large.score)


@pytest.mark.parametrize("aim", ["most", "best"])
@pytest.mark.parametrize(("steps", "share"), [(1, 1), (3, 0.3), (10_000, 0.05), (20, 1)])
def test_candidates_that_are_not_enough_are_added_to(aim, steps, share):
    chance = np.random.default_rng(steps)
    scores = chance.integers(0, steps + 1, (400, 300)) * (10_000 // steps)
    scores[:, :150] //= 2
    problem = {
        "scores": scores,
        "allowed": chance.random((400, 300)) < share,
        "capacity": chance.integers(0, 3, 400),
    }
    keys = keys_for(problem, 1)
    dense = matching.assign(**problem, aim=aim, tie_keys=keys, path="dense")
    large = matching.assign(**problem, aim=aim, tie_keys=keys, path="large")
    assert large.pairs.tolist() == dense.pairs.tolist()


def test_everybody_wanting_the_same_few_needs_more_candidates_than_the_best():
    scores = np.tile(np.repeat([9_000, 5_000, 1_000], [20, 80, 200]), (300, 1))
    scores[:150] //= 2
    large = matching.assign(scores, path="large")
    assert large.score == matching.assign(scores, path="dense").score
    assert large.tandems == 300


def test_a_mentor_with_places_for_all_takes_all():
    chosen = matching.assign(np.full((2, 50), 7), capacity=[10**9, 3], path="large")
    assert chosen.tandems == 50
    matching.verify(chosen, np.full((2, 50), 7), capacity=[10**9, 3])


def test_the_path_follows_from_the_size():
    taken = []

    class Watched(Ready):
        def tiles(self):
            taken.append(self.shape)
            return super().tiles()

    for size in (10, 2_100):
        scores = np.zeros((size, size), dtype=np.int16)
        scores[np.arange(size), np.arange(size)] = 10_000
        source = Watched(scores, scores >= 0)
        chosen = matching.assign(source)
        assert chosen.score == 10_000 * size
        assert matching.verify(chosen, source).score == chosen.score
    assert set(taken) == {(10, 10), (2_100, 2_100)}


@pytest.mark.parametrize("path", ["large", "dense"])
def test_a_source_is_held_to_the_range_of_scores(path):
    odd = Ready(np.full((2, 2), 10_001, dtype=np.int16), np.ones((2, 2), dtype=np.bool_))
    with pytest.raises(matching.InvalidInput, match="scores:"):
        matching.assign(odd, path=path)


class Narrow(Ready):
    """A source whose blocks lack a column."""

    def block(self, rows, columns):
        return super().block(rows, columns)[:, 1:]


def test_a_source_is_held_to_the_shape_of_its_tiles():
    narrow = Narrow(np.zeros((2, 2), dtype=np.int16), np.ones((2, 2), dtype=np.bool_))
    with pytest.raises(matching.InvalidInput, match=r"a block of shape"):
        matching.assign(narrow, path="large")


class Torn(Ready):
    """A source that forgets half of its mentees: what is in no tile cannot be made."""

    def tiles(self):
        return iter([matching.Tile(np.arange(self.shape[0]), np.arange(self.shape[1] // 2))])


@pytest.mark.parametrize("path", ["large", "dense"])
def test_a_pair_in_no_tile_is_not_made(path):
    torn = Torn(np.full((4, 4), 100, dtype=np.int16), np.ones((4, 4), dtype=np.bool_))
    chosen = matching.assign(torn, path=path)
    assert sorted(chosen.pairs[:, 1].tolist()) == [0, 1]


def test_a_source_says_itself_what_is_allowed():
    ready = Ready(np.zeros((2, 2), dtype=np.int16), np.ones((2, 2), dtype=np.bool_))
    with pytest.raises(matching.InvalidInput, match="allowed: a source"):
        matching.assign(ready, allowed=np.ones((2, 2), dtype=np.bool_))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"path": "fast"}, "path: 'fast' is not one of auto, dense, large"),
        ({"path": "large", "aim": "fair"}, "path: the aim 'fair' is served by the dense path"),
        ({"path": "large", "capacity": [1, -1]}, "capacity: -1 is negative"),
        ({"path": "large", "pinned": [(0, 5)]}, r"pinned: \(0, 5\) is outside"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, message):
    with pytest.raises(matching.InvalidInput, match=message):
        matching.assign(np.zeros((2, 2), dtype=int), **changed)


@given(arrays(np.int16, (7, 5), elements=st.integers(0, 10_000)))
def test_raising_from_the_tick_stops_the_work(scores):
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        assign_large(lay_out(scores), aim="most", tick=stop)

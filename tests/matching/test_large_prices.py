"""Prices over candidate pairs: there are some exactly where a choice is the best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.assign.aims import worth_under
from matching.assign.blocks import lay_out
from matching.assign.pricing import FEW, find_close
from matching.assign.problem import pose
from matching.assign.search import Bars, find_over
from matching.assign.sparse import Edges, choose
from matching.assign.sparse_prices import Duals, NotOptimal, sparse_prices
from matching.cohort import Cohort
from matching.scores import build_scoring
from tests.matching import oracle
from tests.matching.strategies import mentees, mentors, numbered, problems


@given(problems(), st.randoms(use_true_random=False))
def test_a_choice_has_prices_exactly_if_none_is_better(problem, random):
    scores, allowed, capacity = (problem[name] for name in ("scores", "allowed", "capacity"))
    rows, columns = np.nonzero(allowed & (capacity > 0)[:, None])
    edges = Edges(rows, columns, scores[rows, columns].astype(np.int64))
    worth = edges.scores + 50_000
    made = random.choice(list(oracle.choices(allowed, capacity)))
    chosen = np.array(
        [at for at, pair in enumerate(zip(rows, columns, strict=True)) if pair in made]
    )
    best = oracle.best(scores, allowed, capacity)
    asked = {"places": capacity, "n": scores.shape[1]}
    if oracle.value(scores, made, "most") != best:
        with pytest.raises(NotOptimal):
            sparse_prices(edges, worth, chosen.astype(np.intp), **asked, waves=1_000)
        return
    duals = sparse_prices(edges, worth, chosen.astype(np.intp), **asked)
    paid = duals.mentors[rows] + duals.mentees[columns]
    assert (paid >= 2 * worth).all()
    assert (duals.mentors * capacity).sum() + duals.mentees.sum() == 2 * (
        best[1] + 50_000 * best[0]
    )


@given(problems())
def test_candidates_alone_are_solved_to_the_best(problem):
    scores, allowed, capacity = (problem[name] for name in ("scores", "allowed", "capacity"))
    rows, columns = np.nonzero(allowed & (capacity > 0)[:, None])
    edges = Edges(rows, columns, scores[rows, columns].astype(np.int64))
    chosen = choose(edges, edges.scores + 50_000, capacity, most=True)
    pairs = list(zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True))
    assert oracle.value(scores, pairs, "most") == oracle.best(scores, allowed, capacity)


def test_a_circle_of_gains_ends_after_so_many_waves():
    rows, columns = np.divmod(np.arange(4), 2)
    edges = Edges(rows, columns, np.array([1, 9, 9, 1]))
    with pytest.raises(NotOptimal):
        sparse_prices(
            edges, edges.scores + 10**9, np.array([0, 3]), places=np.ones(2, int), n=2, waves=5
        )


@pytest.mark.parametrize("size", [60, 10**6])
def test_where_everybody_is_better_only_the_best_for_each_mentor_are_listed(size):
    scores = np.full((60, 60), 5_000)
    scores[:, 7] = 9_000
    nothing = Duals(np.zeros(60, np.int64), np.zeros(60, np.int64))
    close = find_close(
        lay_out(scores), worth_under("most", size), nothing, theta=20, tick=lambda: None
    )
    found = close.edges
    assert (close.gains > 0).all()
    assert not close.is_whole
    assert np.bincount(found.rows).tolist() == [FEW] * 60
    assert found.rows[found.scores == 9_000].tolist() == list(range(60))


@given(
    numbered(st.lists(mentors, min_size=1, max_size=4), "M"),
    numbered(st.lists(mentees, min_size=1, max_size=5), "E"),
    st.sampled_from(matching.CRITERIA),
)
def test_blocks_tiles_and_pairs_of_every_criterion_agree(team, asked, criterion):
    policy = matching.Policy(weights={criterion: 10_000})
    scoring = build_scoring(Cohort(team, asked, policy))
    rows, columns = np.arange(len(team)), np.arange(len(asked))
    whole = scoring.block(rows)
    back = columns[::-2]
    assert np.array_equal(scoring.tile(rows, back), whole[:, back])
    pairs = scoring.pairs(np.repeat(rows, len(columns)), np.tile(columns, len(rows)))
    assert np.array_equal(pairs.reshape(whole.shape), whole)


def test_of_many_different_gains_about_the_best_few_are_listed():
    scores = np.random.default_rng(0).permutation(10_000).reshape(100, 100)
    nothing = Duals(np.zeros(100, np.int64), np.zeros(100, np.int64))
    found = find_close(
        lay_out(scores), worth_under("most", 100), nothing, theta=20, tick=lambda: None
    ).edges
    counts = np.bincount(found.rows, minlength=100)
    assert counts.tolist() == [FEW] * 100
    for row in range(100):
        assert found.scores[found.rows == row].min() >= np.sort(scores[row])[-counts[row]]


@given(problems(), st.randoms(use_true_random=False), st.sampled_from([1, 50, 10**12]))
def test_exactly_the_pairs_that_reach_their_bars_are_found(problem, random, step):
    field = lay_out(**problem)
    bars = Bars(
        *(
            np.array([random.randrange(-3, 4) * step for _ in range(n)], dtype=np.int64)
            for n in problem["scores"].shape
        )
    )
    found = [find_over(field, tile, bars) for tile in field.tiles]
    pairs = {pair for edges in found for pair in zip(edges.rows, edges.columns, strict=True)}
    rows, columns = np.nonzero(pose(**problem, aim="most").open)
    reached = problem["scores"][rows, columns] >= bars.mentors[rows] + bars.mentees[columns]
    assert pairs == set(zip(rows[reached], columns[reached], strict=True))


@pytest.mark.parametrize("better", [(0, 1), (1, 0)])
def test_a_place_or_a_mentee_left_out_for_a_worse_pair_is_found(better):
    rows, columns = np.array([0, better[0]]), np.array([0, better[1]])
    edges = Edges(rows, columns, np.array([1, 9]))
    with pytest.raises(NotOptimal):
        sparse_prices(edges, edges.scores, np.array([0]), places=np.ones(2, int), n=2)

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import matching
from matching.assign.prices import centred_prices
from tests.matching import oracle
from tests.matching.strategies import aims, problems


@given(problems(), aims)
def test_every_assignment_is_proved(problem, aim):
    chosen = matching.assign(**problem, aim=aim)
    proved = matching.verify(chosen, **problem, aim=aim)
    assert (proved.tandems, proved.score, proved.aim) == (chosen.tandems, chosen.score, aim)
    assert proved.worth == proved.bound


@given(problems(), aims, st.randoms(use_true_random=False))
def test_any_other_choice_is_refused_unless_it_is_as_good(problem, aim, random):
    chosen = matching.assign(**problem, aim=aim)
    made = random.choice(list(oracle.choices(problem["allowed"], problem["capacity"])))
    pairs = np.array(sorted(made), dtype=np.intp).reshape(-1, 2)
    score = sum(int(problem["scores"][pair]) for pair in made)
    other = replace(chosen, pairs=pairs, tandems=len(made), score=score)
    if set(problem["pinned"]) <= set(made) and oracle.value(
        problem["scores"], made, aim
    ) == oracle.best(**problem, aim=aim):
        matching.verify(other, **problem, aim=aim)
    else:
        with pytest.raises(matching.Refuted):
            matching.verify(other, **problem, aim=aim)


@given(problems(), aims, st.sampled_from([-2, -1, 1, 2]), st.data())
def test_a_changed_price_is_refused(problem, aim, change, data):
    chosen = matching.assign(**problem, aim=aim)
    side = data.draw(st.sampled_from(["mentors", "mentees"]))
    prices = getattr(chosen.prices, side).copy()
    counted = {
        "mentors": np.array(problem["capacity"]) > 0,
        "mentees": problem["allowed"].any(axis=0),
    }
    assume(not problem["pinned"] and counted[side].any())
    if side == "mentors":
        counted[side] &= problem["allowed"].any(axis=1)
    else:
        counted[side] &= problem["allowed"][np.array(problem["capacity"]) > 0].any(axis=0)
    assume(counted[side].any())
    prices[data.draw(st.sampled_from(np.flatnonzero(counted[side]).tolist()))] += change
    with pytest.raises(matching.Refuted):
        matching.verify(
            replace(chosen, prices=replace(chosen.prices, **{side: prices})), **problem, aim=aim
        )


SCORES = np.array([[9000, 8000], [8500, 0], [4000, 4000]])
ALLOWED = np.array([[True, True], [True, True], [True, False]])
QUESTION: dict[str, Any] = {"scores": SCORES, "allowed": ALLOWED, "pinned": ((2, 0),)}
CHOSEN = matching.assign(**QUESTION)
FAR = np.full(3, 10**12)


def priced(**changed) -> matching.Assignment:
    return replace(CHOSEN, prices=replace(CHOSEN.prices, **changed))


@pytest.mark.parametrize(
    ("tampered", "message"),
    [
        (replace(CHOSEN, pairs=np.array([0, 1])), "pairs: int64 of shape"),
        (replace(CHOSEN, pairs=np.array([[0.0, 1.0]])), "pairs: float64"),
        (replace(CHOSEN, pairs=np.array([[0, 2]])), "outside the scores"),
        (replace(CHOSEN, pairs=np.array([[-1, 0]])), "outside the scores"),
        (replace(CHOSEN, pairs=np.array([[0, 1], [2, 1]])), "mentee 1 is taken 2 times"),
        (replace(CHOSEN, pairs=np.array([[0, 0], [0, 1]])), "mentor 0 is over capacity by 1"),
        (replace(CHOSEN, pairs=np.array([[2, 1]])), r"pair \[2, 1\] is not allowed"),
        (replace(CHOSEN, pairs=np.array([[0, 0]])), r"pinned pair \(2, 0\) is not made"),
        (replace(CHOSEN, tandems=3), "3 tandems claimed, 2 made"),
        (replace(CHOSEN, score=12_001), "a score of 12001 claimed, 12000 made"),
        (priced(bonus=10_000), "do not stand for 'most'"),
        (priced(scale=0), "do not stand for 'most'"),
        (priced(mentors=CHOSEN.prices.mentors[:2]), r"int64 of shape \(2,\), not int64 of \(3,\)"),
        (priced(mentors=CHOSEN.prices.mentors.astype(float)), "prices: float64"),
        (priced(mentors=FAR), "a price lies outside"),
        (priced(mentors=-FAR), "a price lies outside"),
        (
            priced(mentors=CHOSEN.prices.mentors * 0, mentees=CHOSEN.prices.mentees * 0),
            r"pair \(0, 1\) is worth more than its prices",
        ),
    ],
)
def test_a_tampered_result_is_refused_with_what_is_wrong(tampered, message):
    with pytest.raises(matching.Refuted, match=message):
        matching.verify(tampered, **QUESTION)


def test_prices_under_one_aim_prove_nothing_under_another():
    with pytest.raises(matching.Refuted, match="do not stand for 'best'"):
        matching.verify(matching.assign(SCORES), SCORES, aim="best")


def test_prices_of_a_choice_that_is_not_optimal_end_and_prove_nothing():
    worth = np.array([[1, 5, 1], [5, 1, 1], [1, 1, 5]])
    poor = np.array([[0, 0], [1, 1], [2, 2]])
    mentors, mentees = centred_prices(worth, np.ones(3, dtype=np.intp), poor)
    covers = (mentors[:, None] + mentees >= 2 * worth).all() and min(*mentors, *mentees) >= 0
    made = 2 * int(worth[poor[:, 0], poor[:, 1]].sum())
    assert not (covers and mentors.sum() + mentees.sum() == made)


def test_large_matrices_are_checked_by_blocks():
    scores = np.eye(800, dtype=np.int16) * 5000
    chosen = matching.assign(scores)
    assert matching.verify(chosen, scores).score == 800 * 5000
    scores[799, 0] = 10_000
    with pytest.raises(matching.Refuted, match=r"pair \(799, 0\) is worth more"):
        matching.verify(chosen, scores)

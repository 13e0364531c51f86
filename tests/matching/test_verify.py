from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import matching
from matching.arrays import Index, Points
from matching.assign.blocks import Ready
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


def priced(**changed) -> matching.Assignment:
    return replace(CHOSEN, prices=replace(CHOSEN.prices, **changed))


HIGHEST = 2 * (CHOSEN.prices.bonus + matching.FULL)
OUTSIDE = f"a price lies outside 0 to {HIGHEST}"


@pytest.mark.parametrize(
    ("tampered", "message"),
    [
        (replace(CHOSEN, pairs=np.array([0, 1])), "pairs: int64 of shape (2,)"),
        (replace(CHOSEN, pairs=np.array([[0, 1, 2]])), "pairs: int64 of shape (1, 3)"),
        (replace(CHOSEN, pairs=np.array([[0.0, 1.0]])), "pairs: float64 of shape (1, 2)"),
        (replace(CHOSEN, pairs=np.array([[0, 2]])), "a pair is outside the scores"),
        (replace(CHOSEN, pairs=np.array([[3, 0]])), "a pair is outside the scores"),
        (replace(CHOSEN, pairs=np.array([[-1, 0]])), "a pair is outside the scores"),
        (replace(CHOSEN, pairs=np.array([[0, 1], [2, 1]])), "mentee 1 is taken 2 times"),
        (replace(CHOSEN, pairs=np.array([[1, 0], [1, 1]])), "mentor 1 is over capacity by 1"),
        (replace(CHOSEN, pairs=np.array([[0, 0], [2, 1]])), "pair [2, 1] is not allowed"),
        (replace(CHOSEN, pairs=np.array([[0, 0]])), "pinned pair (2, 0) is not made"),
        (replace(CHOSEN, tandems=3), "3 tandems claimed, 2 made"),
        (replace(CHOSEN, score=12_001), "a score of 12001 claimed, 12000 made"),
        (priced(bonus=10_000), "scale 1 and bonus 10000 do not stand for 'most'"),
        (
            priced(mentors=CHOSEN.prices.mentors[:2]),
            "prices: int64 of shape (2,), not int64 of (3,)",
        ),
        (
            priced(mentors=CHOSEN.prices.mentors.astype(float)),
            "prices: float64 of shape (3,), not int64 of (3,)",
        ),
        (priced(mentors=CHOSEN.prices.mentors * 0 + HIGHEST + 1), OUTSIDE),
        (priced(mentors=CHOSEN.prices.mentors * 0 - 1), OUTSIDE),
        (
            priced(mentors=CHOSEN.prices.mentors * 0, mentees=CHOSEN.prices.mentees * 0),
            "pair (0, 1) is worth more than its prices",
        ),
        (
            priced(mentors=np.array([HIGHEST, 0, 0]), mentees=np.array([HIGHEST, 0])),
            "pair (1, 1) is worth more than its prices",
        ),
    ],
)
def test_a_tampered_result_is_refused_with_what_is_wrong(tampered, message):
    with pytest.raises(matching.Refuted) as refused:
        matching.verify(tampered, **QUESTION)
    assert str(refused.value) == message


def test_prices_of_those_who_are_pinned_prove_nothing_and_harm_nothing():
    mentors, mentees = CHOSEN.prices.mentors.copy(), CHOSEN.prices.mentees.copy()
    mentors[2] += 9
    mentees[0] += 9
    assert matching.verify(priced(mentors=mentors, mentees=mentees), **QUESTION).score == 12_000


def test_an_aim_there_is_not_is_refused():
    with pytest.raises(matching.InvalidInput, match=r"^aim: 'fairest' is not one of"):
        matching.verify(CHOSEN, **QUESTION, aim="fairest")


class Rough(Ready):
    """A source that knows no better ceiling than a perfect score."""

    def ceilings(self, rows: Index, columns: Index) -> Points:
        return np.full((len(rows), len(columns)), matching.FULL, dtype=np.int16)


@given(problems(), aims)
def test_pairs_that_score_less_than_their_ceilings_are_not_too_dear(problem, aim):
    chosen = matching.assign(**problem, aim=aim)
    rough = Rough(problem.pop("scores"), problem.pop("allowed"))
    assert matching.verify(chosen, rough, **problem, aim=aim).score == chosen.score


PERFECT = np.array([[matching.FULL]])


def proved_by(scale: int, bonus: int, *, price: int) -> matching.Assignment:
    """One perfect pair, all of whose worth is its mentor's price."""
    prices = matching.Prices(np.array([price]), np.array([0]), scale, bonus)
    return replace(matching.assign(PERFECT), prices=prices)


@pytest.mark.parametrize(
    ("aim", "scale", "bonus"),
    [
        ("most", 1, 10_001),
        ("most", 1, 2**31),
        ("most", 1, 2**40),
        ("best", 2, 1),
        ("best", 2**31, 1),
        ("best", 2**40, 1),
    ],
)
def test_prices_of_any_length_prove_and_refute(aim, scale, bonus):
    worth = 2 * (scale * matching.FULL + bonus)
    chosen = proved_by(scale, bonus, price=worth)
    assert matching.verify(chosen, PERFECT, aim=aim).bound == worth
    with pytest.raises(matching.Refuted, match=r"^pair \(0, 0\) is worth more than its prices$"):
        matching.verify(proved_by(scale, bonus, price=worth - 1), PERFECT, aim=aim)
    with pytest.raises(matching.Refuted, match=f"^a price lies outside 0 to {worth}$"):
        matching.verify(proved_by(scale, bonus, price=worth + 1), PERFECT, aim=aim)


@pytest.mark.parametrize(
    ("aim", "scale", "bonus"),
    [
        ("most", 0, 1),
        ("most", 1, 10_000),
        ("most", 1, 2**40 + 1),
        ("best", 1, 0),
        ("best", 1, 1),
        ("best", 2**40 + 1, 1),
    ],
)
def test_numbers_that_do_not_stand_for_the_aim_prove_nothing(aim, scale, bonus):
    chosen = proved_by(scale, bonus, price=2 * (scale * matching.FULL + bonus))
    with pytest.raises(matching.Refuted, match=f"^scale {scale} and bonus {bonus} do not stand"):
        matching.verify(chosen, PERFECT, aim=aim)


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

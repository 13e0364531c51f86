"""What is fair is compared with every other choice."""

from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.assign.ties import tie_keys
from matching.assign.verify_fair import _check_costs
from tests.matching import oracle
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import problems, rounds


def fairness(scores, made) -> tuple[int, list[int]]:
    """Most pairs first, then the scores from the lowest on."""
    return len(made), sorted(int(scores[pair]) for pair in made)


def pairs_of(assignment: matching.Assignment) -> list[oracle.Pair]:
    return list(map(tuple, assignment.pairs.tolist()))


@given(problems())
def test_nobody_worst_off_could_be_better_off(problem):
    chosen = matching.assign(**problem, aim="fair")
    rules = problem["allowed"], problem["capacity"], problem["pinned"]
    best = max(fairness(problem["scores"], made) for made in oracle.choices(*rules))
    assert fairness(problem["scores"], pairs_of(chosen)) == best
    assert pairs_of(chosen) in [sorted(made) for made in oracle.choices(*rules)]
    proved = matching.verify(chosen, **problem, aim="fair")
    assert (proved.aim, proved.score) == ("fair", chosen.score)


@st.composite
def rich_problems(draw):
    """More levels, more people than can be tried: solved as one sum of very long numbers."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    shape = rng.integers(1, 7, 2)
    return {
        "scores": rng.integers(0, rng.choice([3, 20, 10_000]), shape),
        "allowed": rng.random(shape) < rng.choice([0.3, 0.7, 1]),
        "capacity": rng.integers(0, 4, shape[0]),
    }


@given(rich_problems())
def test_it_is_fair_with_many_levels_too(problem):
    chosen = matching.assign(**problem, aim="fair")
    assert matching.verify(chosen, **problem, aim="fair").tandems == chosen.tandems
    if problem["scores"].size <= 20:
        rules = problem["allowed"], problem["capacity"]
        best = max(fairness(problem["scores"], made) for made in oracle.choices(*rules))
        assert fairness(problem["scores"], pairs_of(chosen)) == best


def larger_problem(seed: int, levels: int = 10_000):
    rng = np.random.default_rng(seed)
    return {
        "scores": rng.integers(0, levels, (30, 40)),
        "allowed": rng.random((30, 40)) < 0.4,
        "capacity": rng.integers(0, 3, 30),
    }


@pytest.mark.parametrize("levels", [5, 60, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_a_larger_round_is_proved_fair_and_no_swap_makes_it_fairer(seed, levels):
    problem = larger_problem(seed, levels)
    chosen = matching.assign(**problem, aim="fair")
    assert matching.verify(chosen, **problem, aim="fair").tandems == chosen.tandems
    assert chosen.tandems == matching.assign(**problem).tandems
    best = fairness(problem["scores"], pairs_of(chosen))
    for row, column in np.argwhere(problem["allowed"])[::29].tolist():
        if problem["capacity"][row]:
            forced = matching.assign(**problem, pinned=[(row, column)], aim="fair")
            assert fairness(problem["scores"], pairs_of(forced)) <= best


PROBLEM = larger_problem(9)
CHOSEN = matching.assign(**PROBLEM, aim="fair")


def with_prices(**changed) -> matching.Assignment:
    return replace(CHOSEN, prices=replace(CHOSEN.prices, **changed))


def swapped() -> matching.Assignment:
    """Another choice of as many pairs, with the same prices."""
    other = matching.assign(**PROBLEM)
    return replace(other, prices=CHOSEN.prices)


COSTS = CHOSEN.prices.costs
TAMPERED = [
    (swapped(), "the pairs are worth|does not outweigh"),
    (with_prices(mentors=CHOSEN.prices.mentors - 1), "lies outside 0"),
    (with_prices(mentees=CHOSEN.prices.mentees + 5 * CHOSEN.prices.bonus), "lies outside 0"),
    (with_prices(mentees=CHOSEN.prices.mentees + 2), "the pairs are worth"),
    (with_prices(mentees=CHOSEN.prices.mentees // 2), "is worth more than its prices"),
    (with_prices(mentees=CHOSEN.prices.mentees[1:]), "prices: object of shape"),
    (with_prices(mentees=CHOSEN.prices.mentees * 1.0), "not whole of"),
    (with_prices(levels=CHOSEN.prices.levels[:-1]), "levels do not rise"),
    (with_prices(levels=CHOSEN.prices.levels[::-1]), "levels do not rise"),
    (with_prices(levels=(-1, *CHOSEN.prices.levels[1:])), f"score {CHOSEN.prices.levels[0]} is at"),
    (with_prices(costs=(0, *COSTS[1:])), "a level costs less than 1"),
    (with_prices(costs=(CHOSEN.prices.bonus, *COSTS[1:])), "a level costs less than 1"),
    (with_prices(costs=COSTS[:1] * len(COSTS)), "does not outweigh"),
    (with_prices(bonus=COSTS[0] + 1), "worth|outweigh|outside"),
]


@pytest.mark.parametrize(("tampered", "message"), TAMPERED)
def test_what_is_not_proved_is_refuted(tampered, message):
    with pytest.raises(matching.Refuted, match=message):
        matching.verify(tampered, **PROBLEM, aim="fair")


def claimed(scores, **changed) -> matching.Assignment:
    """A choice from two mentors and mentees, with prices that prove it where all score 0."""
    prices = matching.Prices(
        mentors=np.array([4, 4], dtype=object),
        mentees=np.array([0, 0], dtype=object),
        scale=1,
        bonus=3,
        levels=(0,),
        costs=(1,),
    )
    return replace(matching.assign(scores, aim="fair"), prices=replace(prices, **changed))


@pytest.mark.parametrize(
    ("scores", "changed", "message"),
    [
        ([[0, 0], [0, 0]], {}, None),
        (
            [[0, 0], [0, 0]],
            {"mentors": np.array([2, 2], dtype=object), "bonus": 6, "costs": (5,)},
            "a pair counts 6, which low scores",
        ),
        (
            [[0, 0], [0, 0]],
            {"mentors": np.array([4, 3], dtype=object), "mentees": np.array([0, 1], dtype=object)},
            r"pair \(1, 0\) is worth more than its prices",
        ),
        ([[0, 0], [0, 1]], {}, "score 1 is at no level"),
        ([[0, 0], [0, 0]], {"levels": (0, 0), "costs": (1, 1)}, "levels do not rise, or have no c"),
        ([[0, 0], [0, 0]], {"mentees": np.array([0, 12], dtype=object)}, "the pairs are worth 8"),
        (
            [[0, 0], [0, 0]],
            {"mentees": np.array([0, 13], dtype=object)},
            "a price lies outside 0 to 12$",
        ),
    ],
)
def test_what_proves_two_pairs_proves_no_others(scores, changed, message):
    with nullcontext() if message is None else pytest.raises(matching.Refuted, match=f"^{message}"):
        matching.verify(claimed(scores, **changed), scores, aim="fair")


def test_equal_results_are_told_apart_by_keys():
    scores = np.zeros((6, 6), int)
    found = set()
    for seed in range(5):
        keys = tie_keys("abcdef", seed), tie_keys("uvwxyz", seed)
        found.add(str(matching.assign(scores, tie_keys=keys, aim="fair").pairs.tolist()))
    assert len(found) > 1


FAIR = matching.Policy(aim="fair")


@given(rounds)
def test_a_round_may_be_fair(people):
    result = matching.match(people[0], people[1], FAIR)
    most = matching.match(people[0], people[1], POLICY)
    assert result.tandems == most.tandems
    assert min((p.score for p in result.proposals), default=0) >= min(
        (p.score for p in most.proposals), default=0
    )
    assert matching.match(people[0][::-1], people[1][::-1], FAIR) == result


def test_a_candidate_and_another_weighting_are_solved_fairly():
    team, asked = [mentor("M1", sectors=("86",))], [mentee("E1", sectors=("86",)), mentee("E2")]
    result = matching.match(team, asked, FAIR)
    [found] = matching.recruit(result, [mentor("N1")])
    assert (found.tandems, len(found.for_whom)) == (1, 1)
    assert set(matching.stability(result, draws=3).values()) <= {0, 1 / 3, 2 / 3, 1}
    assert matching.groups(result, {"E1": "a", "E2": "b"}).gap == 1


@pytest.mark.parametrize(
    ("costs", "limits", "bonus", "message"),
    [
        ((3, 1), (1, 2), 6, None),
        ((2, 1), (1, 2), 6, "a level that costs 2 does not outweigh"),
        ((3, 1), (1, 2), 5, "a pair counts 5"),
        ((6, 2, 1), (1, 2, 1), 12, None),
        ((5, 2, 1), (1, 2, 1), 12, "a level that costs 5 does not outweigh"),
        ((3, 1), (9, 9), 9, None),
        ((3, 1), (9, 9), 8, "a pair counts 8"),
        ((1, 0), (1, 1), 12, "a level that costs 0 does not outweigh"),
    ],
)
def test_a_level_costs_more_than_all_that_can_be_at_later_ones(costs, limits, bonus, message):
    prices = replace(CHOSEN.prices, costs=costs, bonus=bonus)
    with nullcontext() if message is None else pytest.raises(matching.Refuted, match=message):
        _check_costs(prices, limits, size=2)

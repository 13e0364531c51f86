"""What is fair is compared with every other choice."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.assign.ties import tie_keys
from tests.matching import oracle
from tests.matching.people import POLICY, mentee, mentor, pairs
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
    assert matching.verify(chosen, **problem, aim="fair").score == chosen.score


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
    (with_prices(levels=(-1, *CHOSEN.prices.levels[1:])), "is at no level"),
    (with_prices(costs=(0, *COSTS[1:])), "a level costs less than 1"),
    (with_prices(costs=(CHOSEN.prices.bonus, *COSTS[1:])), "a level costs less than 1"),
    (with_prices(costs=COSTS[:1] * len(COSTS)), "does not outweigh"),
    (with_prices(bonus=COSTS[0] + 1), "worth|outweigh|outside"),
]


@pytest.mark.parametrize(("tampered", "message"), TAMPERED)
def test_what_is_not_proved_is_refuted(tampered, message):
    with pytest.raises(matching.Refuted, match=message):
        matching.verify(tampered, **PROBLEM, aim="fair")


def test_a_pair_must_outweigh_all_low_scores_together():
    scores = np.zeros((2, 2), int)
    weak = matching.Prices(
        mentors=np.array([2, 2], dtype=object),
        mentees=np.array([0, 0], dtype=object),
        scale=1,
        bonus=6,
        levels=(0,),
        costs=(5,),
    )
    claimed = replace(matching.assign(scores, aim="fair"), prices=weak)
    with pytest.raises(matching.Refuted, match="a pair counts 6, which a low score"):
        matching.verify(claimed, scores, aim="fair")


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
    assert all((p.alternatives, p.margin) == ((), None) for p in result.proposals)
    assert all(person.changes == () for person in result.unmatched_mentees)
    assert matching.match(people[0][::-1], people[1][::-1], FAIR) == result


@given(rounds, st.data())
def test_a_fair_alternative_costs_what_forcing_it_costs(people, data):
    free = matching.match(people[0], people[1], FAIR)
    result = matching.match(people[0], people[1], FAIR, pinned=pairs(free)[1:2])
    scores = result.outcome.scores
    for person in result.outcome.cohort.mentees:
        found = matching.alternatives(result, person.id, 9)
        if (person.id) in {mentee for _, mentee in pairs(free)[1:2]}:
            assert found == ()
        fairest = []
        for other in found:
            pins = [*pairs(free)[1:2], (other.mentor, person.id)]
            forced = matching.match(people[0], people[1], FAIR, pinned=pins)
            assert other.cost == matching.Cost(
                tandems=result.tandems - forced.tandems, score=result.score - forced.score
            )
            fairest.append(fairness(scores, pairs_of(forced.outcome.assignment)))
            mates = {mentee: mentor for mentor, mentee in pairs(result)}
            for move in other.moves:
                assert mates.pop(move.mentee, None) == move.from_mentor
            mates |= {move.mentee: move.to_mentor for move in other.moves if move.to_mentor}
            assert mates[person.id] == other.mentor
            assert len(mates) == forced.tandems
        assert fairest == sorted(fairest, reverse=True)


def test_a_pinned_mentee_has_no_fair_alternative():
    team = [mentor("M1"), mentor("M2")]
    result = matching.match(team, [mentee("E1")], FAIR, pinned=[("M1", "E1")])
    assert matching.alternatives(result, "E1") == ()


def test_a_mentor_who_is_pinned_full_is_no_fair_alternative():
    team, asked = [mentor("M1"), mentor("M2")], [mentee("E1"), mentee("E2")]
    result = matching.match(team, asked, FAIR, pinned=[("M1", "E1")])
    assert matching.alternatives(result, "E2") == ()


def test_a_candidate_and_another_weighting_are_solved_fairly():
    team, asked = [mentor("M1", sectors=("86",))], [mentee("E1", sectors=("86",)), mentee("E2")]
    result = matching.match(team, asked, FAIR)
    [found] = matching.recruit(result, [mentor("N1")])
    assert (found.tandems, len(found.for_whom)) == (1, 1)
    assert set(matching.stability(result, draws=3).values()) <= {0, 1 / 3, 2 / 3, 1}
    assert matching.groups(result, {"E1": "a", "E2": "b"}).gap == 1


def test_fair_alternatives_come_with_their_cost_and_who_moves():
    team = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("87",)), mentor("M3")]
    asked = [mentee("E1", sectors=("86",)), mentee("E2", sectors=("86",))]
    result = matching.match(team, asked, FAIR)
    for present, name in pairs(result):
        found = matching.alternatives(result, name, 2)
        assert {other.mentor for other in found} == {"M1", "M2", "M3"} - {present}
        for other in found:
            forced = matching.what_if(result, pinned=[(other.mentor, name)])
            assert other.cost == forced.cost
            assert other.moves[0] == matching.Move(
                mentee=name, from_mentor=present, to_mentor=other.mentor
            )
            assert sum(other.parts.values()) == other.score
        assert [other.cost.score for other in found] == [0, 1000]
        assert [len(other.moves) for other in found] == [2, 2 if present == "M1" else 1]

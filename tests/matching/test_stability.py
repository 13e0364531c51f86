"""Stability is compared with matching again under every weighting."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import matching
from matching.explain.stability import plausible_weights
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import policies, rounds


@settings(max_examples=25)
@given(rounds, policies)
def test_a_share_is_how_often_match_makes_the_pair(people, policy):
    given_: Any = {"forbidden": [("M1", "E1")], "seed": 5}
    free = matching.match(people[0], people[1], policy, **given_)
    made = [(p.mentor, p.mentee) for p in free.proposals]
    pins = [pair for pair in made if pair not in given_["forbidden"]][:1]
    result = matching.match(people[0], people[1], policy, pinned=pins, **given_)
    shares = matching.stability(result, draws=4, spread=0.5, seed=7)
    weightings = list(plausible_weights(policy, 4, spread=0.5, seed=7))
    again = [
        matching.match(
            people[0],
            people[1],
            matching.Policy(
                weights=weights, rules=policy.rules, aim=policy.aim, floor=policy.floor
            ),
            pinned=pins,
            **given_,
        )
        for weights in weightings
    ]
    assert shares == {
        (p.mentor, p.mentee): sum(
            any((p.mentor, p.mentee) == (q.mentor, q.mentee) for q in other.proposals)
            for other in again
        )
        / 4
        for p in result.proposals
    }


def test_weightings_are_whole_sum_to_all_and_stay_near():
    drawn = list(plausible_weights(POLICY, 300, spread=0.2, seed=1))
    assert all(sum(weights.values()) == 10_000 for weights in drawn)
    assert len({str(weights) for weights in drawn}) == 300
    values = np.array([list(weights.values()) for weights in drawn])
    middle = np.array(list(POLICY.weights.values()))
    assert (np.abs(values / middle - 1) < 0.5).all()
    assert (values.min(axis=0) < 0.9 * middle).all()
    assert (values.max(axis=0) > 1.1 * middle).all()


def test_the_same_seed_draws_the_same_and_another_does_not():
    one, same, other = (
        list(plausible_weights(POLICY, 5, spread=0.2, seed=seed)) for seed in (1, 1, 2)
    )
    assert one == same != other


def test_without_spread_nothing_changes():
    assert list(plausible_weights(POLICY, 2, spread=0, seed=1)) == [POLICY.weights] * 2


def test_a_pair_that_hangs_on_one_weight_is_less_stable():
    team = [mentor("M1", sectors=("86",)), mentor("M2", offers=frozenset({"network"}))]
    asked = [mentee("E1", sectors=("86",), needs=frozenset({"network"}))]
    policy = matching.Policy(weights={"sector": 5000, "needs": 5000})
    [(_, share)] = matching.stability(matching.match(team, asked, policy), draws=200).items()
    assert 0.3 < share < 0.7
    [(_, sure)] = matching.stability(matching.match(team[:1], asked, policy)).items()
    assert sure == 1


def test_nobody_is_neither_stable_nor_not():
    assert matching.stability(matching.match([], [mentee()], POLICY), draws=3) == {}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"draws": 0}, "draws: 0 is not between 1 and 100000"),
        ({"draws": 10**9}, "draws: 1000000000"),
        ({"draws": 1.5}, "draws: 1.5 is not an integer"),
        ({"seed": -1}, "seed: -1 is negative"),
        ({"seed": True}, "seed: True is not an integer"),
        ({"spread": 1.1}, "spread: 1.1"),
        ({"spread": -0.1}, "spread: -0.1"),
        ({"spread": math.nan}, "spread: nan"),
        ({"spread": "wide"}, "spread: 'wide'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, message):
    result = matching.match([mentor()], [mentee()], POLICY)
    with pytest.raises(matching.InvalidInput, match=message):
        matching.stability(result, **changed)

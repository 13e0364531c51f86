import math

import pytest
from hypothesis import given

import matching
from tests.matching.strategies import policies

SECTOR = {"sector": 10_000}


def test_the_defaults_are_the_published_ones():
    policy = matching.Policy()
    assert policy.weights == {
        "occupation": 2500,
        "sector": 2000,
        "needs": 2000,
        "qualification": 1500,
        "language": 1000,
        "reach": 1000,
    }
    on = ("language_floor", "reach", "same_gender", "conflict", "capacity", "forbidden", "previous")
    assert policy.rules == matching.DEFAULT_RULES == dict.fromkeys(on, True) | {on[0]: "B1"}
    assert (policy.aim, policy.reach_km, policy.floor) == ("most", 25, 0)


@given(policies)
def test_toml_brings_a_policy_back(policy):
    assert matching.Policy.from_toml(policy.to_toml()) == policy


def test_toml_keeps_the_defaults_it_does_not_name():
    policy = matching.Policy.from_toml('aim = "best"\n[rules]\nreach = false\n')
    assert policy == matching.Policy(aim="best", rules={**matching.DEFAULT_RULES, "reach": False})


def test_weights_of_nothing_and_rules_that_are_off_are_left_out():
    policy = matching.Policy(
        weights={"needs": 0, **SECTOR}, rules={"reach": False, "previous": None, "conflict": True}
    )
    assert (policy.weights, policy.rules) == (SECTOR, {"conflict": True})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"level_floor": 0}, {"level_floor": 0}),
        ({"level_floor": True}, {"level_floor": 0}),
        ({"level_floor": False, "availability_floor": None}, {}),
        ({"availability_floor": True}, {"availability_floor": 1}),
        (
            {"availability_floor": 21, "level_floor": 7},
            {"availability_floor": 21, "level_floor": 7},
        ),
    ],
)
def test_a_floor_of_nought_is_not_off(given, kept):
    policy = matching.Policy(rules=given)
    assert policy.rules == kept
    assert {type(value) for value in policy.rules.values()} <= {int}
    assert matching.Policy.from_toml(policy.to_toml()) == policy


def test_a_language_floor_may_be_left_to_the_default():
    assert matching.Policy(rules={"language_floor": True}).rules == {"language_floor": "B1"}
    assert matching.Policy(rules={}).language_floor == "B1"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"weights": {"sector": 9_999}}, "sum to 9999"),
        ({"weights": {"sector": 10_001}}, "sector: 10001 is not between"),
        ({"weights": {"sector": -1, "needs": 10_001}}, "sector: -1 is not between"),
        ({"weights": {"sector": 10**400}}, "sector: 1000"),
        ({"weights": {"sector": 10_000.0}}, "sector: 10000.0 is not an integer"),
        ({"weights": {}}, "sum to 0"),
        ({"weights": {"sector": math.nan}}, "sector: nan is not an integer"),
        ({"weights": {"sector": math.inf}}, "sector: inf is not an integer"),
        ({"weights": {"sector": True}}, "sector: True is not an integer"),
        ({"weights": {"age": 5000, "sector": 5000}}, "unknown criterion 'age'"),
        ({"weights": []}, "weights: .. is not a table"),
        ({"rules": {"age": True}}, "unknown rule 'age'"),
        ({"rules": {"language_floor": "B9"}}, "'B9' is not a CEFR level"),
        ({"rules": {"level_floor": 8}}, "level_floor: 8 is not between 0 and 7"),
        ({"rules": {"level_floor": 1.0}}, "level_floor: 1.0 is not an integer"),
        ({"rules": {"availability_floor": 0}}, "availability_floor: 0 is not between 1 and 21"),
        ({"rules": {"availability_floor": math.nan}}, "availability_floor: nan is not an integer"),
        ({"rules": {"reach": 25}}, "reach takes no parameter, not 25"),
        ({"rules": "all"}, "rules: 'all' is not a table"),
        ({"aim": "fairest"}, "aim: 'fairest' is not one of"),
        ({"aim": ["most"]}, "aim: .'most'. is not one of"),
        ({"floor": -1}, "floor: -1"),
        ({"floor": 10_001}, "floor: 10001"),
        ({"floor": 0.5}, "floor: 0.5"),
        ({"reach_km": math.nan}, "reach_km: nan"),
        ({"reach_km": math.inf}, "reach_km: inf"),
        ({"reach_km": -1}, "reach_km: -1"),
        ({"reach_km": 10**400}, "reach_km: 1000"),
        ({"reach_km": "25"}, "reach_km: '25' is not a number"),
        ({"version": -1}, "version: -1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(given, message):
    with pytest.raises(matching.InvalidInput, match=message):
        matching.Policy(**given)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("aim = ", "not TOML"),
        ("colour = 1", "unknown key: 'colour'"),
        ('rules = "all"', "rules: 'all'"),
        ("[weights]\nsector = 1", "sum to 1"),
    ],
)
def test_a_text_that_is_no_policy_is_refused(text, message):
    with pytest.raises(matching.InvalidInput, match=message):
        matching.Policy.from_toml(text)

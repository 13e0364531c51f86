from math import hypot
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import matching
from matching.cohort import Cohort
from matching.rules import build_rules
from tests.matching.people import mentee, mentor, pairs, reasons
from tests.matching.strategies import policies, rounds

WEEK = matching.SLOTS
PLACED: dict[str, Any] = {"modes": frozenset({"in_person"}), "place": (0, 0)}


@given(rounds, policies)
def test_rules_shut_out_what_their_definition_says(people, policy):
    mentors, mentees = people
    places = [one.capacity for one in mentors]
    rules = build_rules(Cohort(mentors, mentees, policy), forbidden=[("M0", "E0")], places=places)
    assert rules.keys() == policy.rules.keys()
    for name, rule in rules.items():
        mask = rule(np.arange(len(mentors)), np.arange(len(mentees)))
        assert mask.shape == (len(mentors), len(mentees))
        for (row, column), shut_out in np.ndenumerate(mask):
            assert shut_out == is_shut_out(name, mentors[row], mentees[column], policy)
        some, others = np.arange(len(mentors))[::-2], np.arange(len(mentees))[1:]
        assert np.array_equal(rule.tile(some, others), mask[np.ix_(some, others)])
        cells = np.indices(mask.shape).reshape(2, -1)[:, ::-1]
        assert np.array_equal(rule.pairs(*cells), mask[cells[0], cells[1]])


def is_shut_out(name, one, other, policy) -> bool:
    match name:
        case "language_floor":
            rank = matching.CEFR.index
            floor = rank(policy.language_floor)
            return not any(
                min(rank(level), rank(other.languages.get(code, "A1"))) >= floor
                for code, level in one.languages.items()
                if code in other.languages
            )
        case "reach":
            return not can_meet(one, other, policy)
        case "same_gender":
            known = other.gender is not None and one.gender == other.gender
            return bool(other.same_gender) and not known
        case "conflict":
            named = {f"company:{one.company}", f"mentor:{one.id}"} & set(other.avoid)
            return bool(named) or f"mentee:{other.id}" in one.avoid
        case "level_floor" | "availability_floor":
            return falls_short(name, one, other, policy.rules[name])
        case _:
            shut_out: bool = {
                "capacity": one.capacity == 0,
                "forbidden": (one.id, other.id) == ("M0", "E0"),
                "previous": one.id in other.previous,
            }[name]
            return shut_out


def falls_short(name, one, other, floor: int) -> bool:
    if name == "availability_floor":
        return len((one.slots or frozenset()) & (other.slots or frozenset())) < floor
    return None in (one.level, other.level) or bool(one.level < other.level - floor)


def can_meet(one, other, policy) -> bool:
    modes = [person.modes or {"in_person"} for person in (one, other)]
    if all("online" in each for each in modes):
        return True
    if not all("in_person" in each for each in modes) or None in (one.place, other.place):
        return False
    km = hypot(*np.subtract(one.place, other.place)) / 1000
    reach = [policy.reach_km if p.reach_km is None else p.reach_km for p in (one, other)]
    return bool(km <= max(reach))


@pytest.mark.parametrize(
    ("rule", "ours", "theirs"),
    [
        ("language_floor", {"languages": {"de": "A2"}}, {}),
        ("language_floor", {"languages": {"en": "C2"}}, {}),
        ("reach", PLACED, PLACED | {"place": (0, 25_001)}),
        ("reach", PLACED, PLACED | {"place": None}),
        ("reach", PLACED, {}),
        ("same_gender", {"gender": "m"}, {"gender": "f", "same_gender": True}),
        ("same_gender", {}, {"gender": "f", "same_gender": True}),
        ("same_gender", {"gender": "f"}, {"same_gender": True}),
        ("conflict", {"company": "K1"}, {"avoid": ("company:K1",)}),
        ("conflict", {}, {"avoid": ("mentor:M1",)}),
        ("conflict", {"avoid": ("mentee:E1",)}, {}),
        ("capacity", {"capacity": 0}, {}),
        ("previous", {}, {"previous": ("M1",)}),
    ],
)
def test_a_rule_shuts_out_until_it_is_off(rule, ours, theirs):
    people = [mentor(**ours)], [mentee(**theirs)]
    result = matching.match(*people, matching.Policy())
    assert pairs(result) == []
    assert reasons(result, "M1") == reasons(result, "E1") == {rule: 1}
    without = matching.Policy(rules={**matching.DEFAULT_RULES, rule: False})
    assert pairs(matching.match(*people, without)) == [("M1", "E1")]


@pytest.mark.parametrize(
    ("rule", "ours", "theirs", "fits"),
    [
        ({"level_floor": True}, {"level": 6}, {"level": 6}, True),
        ({"level_floor": 0}, {"level": 5}, {"level": 6}, False),
        ({"level_floor": 1}, {"level": 5}, {"level": 6}, True),
        ({"level_floor": 1}, {"level": 4}, {"level": 6}, False),
        ({"level_floor": 7}, {}, {"level": 6}, False),
        ({"level_floor": 7}, {"level": 6}, {}, False),
        ({"availability_floor": True}, {"slots": WEEK[:1]}, {"slots": WEEK[:2]}, True),
        ({"availability_floor": 2}, {"slots": WEEK[:1]}, {"slots": WEEK[:2]}, False),
        ({"availability_floor": 2}, {"slots": WEEK}, {"slots": WEEK[3:5]}, True),
        ({"availability_floor": 1}, {}, {"slots": WEEK}, False),
        ({"availability_floor": 1}, {"slots": WEEK}, {}, False),
    ],
)
def test_floors_of_level_and_availability(rule, ours, theirs, fits):
    policy = matching.Policy(rules={**matching.DEFAULT_RULES, **rule})
    result = matching.match([mentor(**ours)], [mentee(**theirs)], policy)
    assert result.tandems == fits
    assert fits or reasons(result, "E1") == {next(iter(rule)): 1}


def test_whoever_is_exactly_within_reach_can_be_met():
    team, asked = [mentor(**PLACED)], [mentee(**PLACED | {"place": (15_000, 20_000)})]
    for path in ("dense", "large"):
        assert matching.match(team, asked, matching.Policy(), path=path).tandems == 1


def test_the_wish_for_the_same_gender_is_kept_when_it_can_be():
    asking = mentee(gender="f", same_gender=True)
    result = matching.match([mentor(gender="f")], [asking], matching.Policy())
    assert pairs(result) == [("M1", "E1")]


def test_a_mentor_without_a_company_is_in_nobodys():
    result = matching.match([mentor()], [mentee(avoid=("company:None",))], matching.Policy())
    assert result.tandems == 1


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"avoid": ("mentee:E:1",)}, {}),
        ({}, {"avoid": ("mentor:M:1",)}),
        ({"company": "K:1"}, {"avoid": ("company:K:1",)}),
    ],
)
def test_whoever_has_a_colon_in_the_id_can_be_avoided(ours, theirs):
    result = matching.match([mentor("M:1", **ours)], [mentee("E:1", **theirs)], matching.Policy())
    assert reasons(result, "E:1") == {"conflict": 1}


def test_what_a_mentor_says_of_mentors_and_a_mentee_of_mentees_means_nothing():
    one = mentor(avoid=("mentor:M1", "mentor:E1", "company:K1", "company:E1"))
    other = mentee(avoid=("mentee:E1", "mentee:M1"))
    assert matching.match([one], [other], matching.Policy()).tandems == 1


def test_forbidden_pairs_are_free_again_where_the_rule_is_off():
    policy = matching.Policy(rules={**matching.DEFAULT_RULES, "forbidden": False})
    result = matching.match([mentor()], [mentee()], policy, forbidden=[("M1", "E1")])
    assert result.tandems == 1


def test_without_the_rule_of_capacity_one_mentor_may_have_all():
    policy = matching.Policy(rules={**matching.DEFAULT_RULES, "capacity": False})
    asked = [mentee(f"E{i}") for i in range(5)]
    assert matching.match([mentor(capacity=0)], asked, policy).tandems == 5

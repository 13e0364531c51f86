import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.checks import CHECKED_FIELDS, find_problems
from tests.matching.people import POLICY, mentee, mentor, pairs
from tests.matching.strategies import mentees, mentors, rounds

NAN, INF = math.nan, math.inf
Entry = tuple[str, Any, str]
BOTH: list[Entry] = [
    ("id", "", "missing"),
    ("id", None, "wrong_type"),
    ("id", ["E1"], "wrong_type"),
    ("languages", {}, "missing"),
    ("languages", None, "missing"),
    ("languages", "de:C2", "wrong_type"),
    ("languages", {"de": "C3"}, "unknown_code"),
    ("languages", {"German": "C2"}, "unknown_code"),
    ("languages", {"de": None}, "wrong_type"),
    ("languages", {1: "C2"}, "wrong_type"),
    ("sectors", ("XX",), "unknown_code"),
    ("sectors", "86", "wrong_type"),
    ("sectors", (86,), "wrong_type"),
    ("sectors", None, "wrong_type"),
    ("sectors", frozenset({"86"}), "wrong_type"),
    ("occupation", "22121", "unknown_code"),
    ("occupation", "", "unknown_code"),
    ("occupation", "\uff12", "unknown_code"),
    ("occupation", 2212, "wrong_type"),
    ("level", 0, "out_of_range"),
    ("level", 9, "out_of_range"),
    ("level", 5.0, "wrong_type"),
    ("level", True, "wrong_type"),
    ("fields", ("7",), "unknown_code"),
    ("fields", ("1100",), "unknown_code"),
    ("fields", ("07130",), "unknown_code"),
    ("fields", ("07x",), "unknown_code"),
    ("fields", ("07²",), "unknown_code"),
    ("place", (NAN, 0.0), "not_finite"),
    ("place", (0.0, INF), "not_finite"),
    ("place", (0.0, 1e300), "out_of_range"),
    ("place", (0.0,), "wrong_type"),
    ("place", "ab", "wrong_type"),
    ("place", ("0", "0"), "wrong_type"),
    ("place", 25746, "wrong_type"),
    ("reach_km", NAN, "not_finite"),
    ("reach_km", -1, "out_of_range"),
    ("reach_km", 10**400, "out_of_range"),
    ("reach_km", "25", "wrong_type"),
    ("modes", frozenset({"by post"}), "unknown_code"),
    ("modes", "online", "wrong_type"),
    ("slots", frozenset({"mo-night"}), "unknown_code"),
    ("gender", "w", "unknown_code"),
    ("avoid", ("K1",), "unknown_code"),
    ("avoid", ("company:",), "unknown_code"),
]
MENTOR: list[Entry] = [
    ("recognition", ("nurse",), "unknown_code"),
    ("capacity", -1, "out_of_range"),
    ("capacity", 1.0, "wrong_type"),
    ("capacity", None, "wrong_type"),
    ("capacity", 10**12, "out_of_range"),
    ("offers", frozenset({"money"}), "unknown_code"),
    ("company", "", "missing"),
    ("prefer", ("need:money",), "unknown_code"),
    ("prefer", ("E1",), "unknown_code"),
]
MENTEE: list[Entry] = [
    ("past_occupation", "x", "unknown_code"),
    ("recognition", "soon", "unknown_code"),
    ("recognition", ("none",), "wrong_type"),
    ("waiting", -1, "out_of_range"),
    ("previous", "M1", "wrong_type"),
    ("previous", (1,), "wrong_type"),
    ("same_gender", "no", "wrong_type"),
    ("same_gender", None, "wrong_type"),
    ("needs", frozenset({"money"}), "unknown_code"),
    ("prefer", ("",), "missing"),
]
TEAM = [mentor("M1", sectors=("86",)), mentor("M2", sectors=("62",))]
ASKED = [mentee(f"E{i}", sectors=(sector,)) for i, sector in enumerate(["87", "62", "01"])]
EXPECTED = pairs(matching.match(TEAM, ASKED, POLICY))


@pytest.mark.parametrize(("field", "value", "problem"), BOTH + MENTOR)
def test_a_mentor_with_an_unusable_entry_is_set_aside_alone(field, value, problem):
    hostile = mentor(**{"id": "bad", field: value})
    result = matching.match([hostile, *TEAM], ASKED, POLICY)
    name = "" if field == "id" else "bad"
    entry = matching.SetAside(id=name, side="mentor", field=field, problem=problem)
    assert result.set_aside == (entry,)
    assert pairs(result) == EXPECTED


@pytest.mark.parametrize(("field", "value", "problem"), BOTH + MENTEE)
def test_a_mentee_with_an_unusable_entry_is_set_aside_alone(field, value, problem):
    hostile = mentee(**{"id": "bad", field: value})
    result = matching.match(TEAM, [*ASKED, hostile], POLICY)
    name = "" if field == "id" else "bad"
    entry = matching.SetAside(id=name, side="mentee", field=field, problem=problem)
    assert result.set_aside == (entry,)
    assert pairs(result) == EXPECTED
    assert problem in matching.PROBLEMS


@st.composite
def hostile_people(draw: st.DrawFn):
    """Somebody with one entry that cannot be used, and the side they are on."""
    side = draw(st.sampled_from([0, 1]))
    person = replace(draw(mentees) if side else draw(mentors), id="bad")
    field, value, _ = draw(st.sampled_from(BOTH + (MENTOR, MENTEE)[side]))
    object.__setattr__(person, field, value)
    return side, person


@given(rounds, hostile_people(), st.sampled_from(matching.AIMS), st.data())
def test_whoever_is_set_aside_changes_nothing_for_the_others(people, hostile, aim, data):
    side, person = hostile
    policy = matching.Policy(aim=aim)
    before = matching.match(people[0], people[1], policy)
    at = data.draw(st.integers(0, len(people[side])))
    joined = list(people[0]), list(people[1])
    joined[side].insert(at, person)
    after = matching.match(joined[0], joined[1], policy)
    assert after.proposals == before.proposals
    assert after.unmatched_mentors == before.unmatched_mentors
    assert after.unmatched_mentees == before.unmatched_mentees
    assert len(after.set_aside) == 1


@given(mentors, mentees)
def test_people_as_they_should_be_have_no_problem(one, other):
    assert find_problems(one) == find_problems(other) == []


def test_only_an_id_and_languages_are_needed():
    assert find_problems(matching.Mentee(id="E1", languages={"de": "B1"})) == []
    assert find_problems(matching.Mentor(id="M1", languages={"de": "B1"})) == []


def test_every_field_is_checked():
    for kind, checked in CHECKED_FIELDS.items():
        assert set(checked) == {field.name for field in fields(kind)}


def test_all_problems_of_a_person_are_named():
    found = find_problems(mentee(level=99, needs=frozenset({"money"})))
    assert [entry.field for entry in found] == ["level", "needs"]


@pytest.mark.parametrize("wish", ["occupation:22", "need:network"])
def test_what_a_mentor_may_wish_for(wish):
    assert find_problems(mentor(prefer=(wish,))) == []


def test_an_id_may_be_any_text():
    result = matching.match([mentor("\ud800")], [mentee("ß: |\0")], POLICY)
    assert pairs(result) == [("\ud800", "ß: |\0")]


def test_the_largest_capacity_costs_nothing():
    assert matching.match([mentor(capacity=10**9)], ASKED, POLICY).tandems == 3

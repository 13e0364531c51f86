import pytest
from hypothesis import given

import matching
from tests.matching.people import POLICY, mentee, mentor
from tests.matching.strategies import mentees, mentors

IN_PERSON = {"modes": frozenset({"in_person"})}


def fact(criterion: str, one: matching.Mentor, other: matching.Mentee) -> matching.Fact:
    [found] = [f for f in matching.facts(one, other, POLICY) if f.criterion == criterion]
    return found


@given(mentors, mentees)
def test_there_is_one_fact_for_every_criterion_that_counts(one, other):
    found = matching.facts(one, other, POLICY)
    assert {f.criterion: f.weight for f in found} == POLICY.weights
    assert all(0 <= f.points <= f.weight for f in found)


@given(mentors, mentees)
def test_nothing_in_common_and_nothing_said_bring_no_points(one, other):
    for found in matching.facts(one, other, POLICY):
        if found.code in {"none", "no_shared_mode", "too_far"} or (
            found.code == "missing" and found.criterion != "qualification"
        ):
            assert found.points == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "code", "values"),
    [
        (("62", "86"), ("86",), "same_division", {"mentor": "86", "mentee": "86"}),
        (("62", "86"), ("87", "01"), "same_section", {"mentor": "86", "mentee": "87"}),
        (("86",), ("87", "86"), "same_division", {"mentor": "86", "mentee": "86"}),
        (("62",), ("61", "63"), "same_section", {"mentor": "62", "mentee": "61"}),
        (("85",), ("86",), "related", {"mentor": "85", "mentee": "86"}),
        (("62",), ("86",), "none", {"mentor": "62", "mentee": "86"}),
        ((), ("86",), "missing", {"mentor": (), "mentee": ("86",)}),
    ],
)
def test_sector(ours, theirs, code, values):
    found = fact("sector", mentor(sectors=ours), mentee(sectors=theirs))
    assert (found.code, found.values) == (code, values)


@pytest.mark.parametrize(
    ("ours", "target", "past", "code", "theirs", "via"),
    [
        ("2212", "2212", None, "unit_group", "2212", "target"),
        ("2212", "2211", "2212", "minor_group", "2211", "target"),
        ("2212", "2511", "2212", "unit_group", "2212", "past"),
        ("2212", "2221", None, "sub_major_group", "2221", "target"),
        ("2212", "2512", None, "major_group", "2512", "target"),
        ("2212", "3115", None, "none", "3115", "target"),
        (None, "2212", None, "missing", "2212", "target"),
        ("2212", None, None, "missing", None, "target"),
    ],
)
def test_occupation(ours, target, past, code, theirs, via):
    other = mentee(occupation=target, past_occupation=past)
    found = fact("occupation", mentor(occupation=ours), other)
    assert (found.code, found.values) == (code, {"mentor": ours, "mentee": theirs, "via": via})


@pytest.mark.parametrize(
    ("offers", "needs", "code", "met", "unmet"),
    [
        ({"network"}, {"network"}, "all", ("network",), ()),
        ({"network"}, {"interview", "network"}, "some", ("network",), ("interview",)),
        ({"network"}, {"interview"}, "none", (), ("interview",)),
        ({"network"}, set(), "missing", (), ()),
        (set(), {"network"}, "missing", (), ("network",)),
    ],
)
def test_needs(offers, needs, code, met, unmet):
    found = fact("needs", mentor(offers=frozenset(offers)), mentee(needs=frozenset(needs)))
    assert (found.code, found.values) == (code, {"met": met, "unmet": unmet})


def test_language_names_the_best_first():
    one = mentor(languages={"ar": "B1", "de": "C2", "en": "C1", "fr": "C2"})
    other = mentee(languages={"ar": "A2", "de": "B1", "en": "B2"})
    found = fact("language", one, other)
    assert found.code == "several"
    assert found.values == {
        "languages": ("en", "de"),
        "mentor_levels": ("C1", "C2"),
        "mentee_levels": ("B2", "B1"),
        "floor": "B1",
        "best": "en",
    }


@pytest.mark.parametrize(("level", "code"), [("B1", "one"), ("A2", "none")])
def test_language_counts_from_the_floor(level, code):
    assert fact("language", mentor(), mentee(languages={"de": level})).code == code


@pytest.mark.parametrize(
    ("ours", "theirs", "code", "km"),
    [
        ({}, {}, "online", None),
        ({"place": (0, 0)}, {"place": (3000, 4040)}, "online", 5.0),
        (IN_PERSON, {}, "no_shared_mode", None),
        (IN_PERSON, IN_PERSON, "missing", None),
        (IN_PERSON | {"place": (0, 0)}, IN_PERSON | {"place": (3000, 4000)}, "distance", 5.0),
        (IN_PERSON | {"place": (0, 0)}, IN_PERSON | {"place": (0, 99_960)}, "too_far", 100.0),
        (IN_PERSON | {"place": (0, 0)}, IN_PERSON | {"place": (0, 30_000)}, "distance", 30.0),
        (IN_PERSON | {"place": (0, 0)}, IN_PERSON, "missing", None),
        (
            IN_PERSON | {"place": (506_400, 6_005_300)},
            IN_PERSON | {"place": (496_400, 6_005_300)},
            "distance",
            10.0,
        ),
    ],
)
def test_reach(ours, theirs, code, km):
    found = fact("reach", mentor(**ours), mentee(**theirs, reach_km=30))
    assert (found.code, found.values) == (code, {"km": km, "limit_km": 30})


@pytest.mark.parametrize(
    ("ours", "theirs", "code", "field", "recognition"),
    [
        ({"level": 6}, {"level": 7}, "compared", "missing", "missing"),
        ({"level": 6}, {}, "missing", "missing", "missing"),
        ({}, {"level": 7}, "missing", "missing", "missing"),
        ({"fields": ("0713",)}, {"fields": ("0711",)}, "compared", "narrow", "missing"),
        ({"fields": ("0713",)}, {"fields": ("0912",)}, "compared", "none", "missing"),
        ({}, {"recognition": "full"}, "missing", "missing", "not_needed"),
        ({}, {"recognition": "applied"}, "missing", "missing", "unknown"),
        ({"recognition": ("22",)}, {"occupation": "2212"}, "missing", "missing", "known"),
    ],
)
def test_qualification(ours, theirs, code, field, recognition):
    found = fact("qualification", mentor(**ours), mentee(**theirs))
    assert (found.code, found.values) == (
        code,
        {
            "mentor_level": ours.get("level"),
            "mentee_level": theirs.get("level"),
            "field": field,
            "mentor_fields": ours.get("fields", ()),
            "mentee_fields": theirs.get("fields", ()),
            "recognition": recognition,
        },
    )


def test_facts_of_somebody_unusable_are_refused():
    with pytest.raises(matching.InvalidInput, match="mentee E1: sectors: unknown_code"):
        matching.facts(mentor(), mentee(sectors=("XX",)), POLICY)


def test_a_proposal_carries_its_facts():
    [proposal] = matching.match([mentor()], [mentee()], POLICY).proposals
    assert proposal.facts == matching.facts(mentor(), mentee(), POLICY)


EVERYTHING = matching.Policy(
    weights=dict.fromkeys(matching.CRITERIA, 1111) | {"sector": 1112},
)


@given(mentors, mentees)
def test_every_criterion_can_be_told(one, other):
    found = matching.facts(one, other, EVERYTHING)
    assert [f.criterion for f in found] == list(matching.CRITERIA)
    for each in found:
        if each.criterion in {"wishes", "availability", "waiting"}:
            assert (each.points == 0) == (each.code in {"none", "missing", "new"}) or (
                each.code == "mentee_wish" and each.values["rank"] is not None
            )


@pytest.mark.parametrize(
    ("criterion", "ours", "theirs", "code", "values"),
    [
        ("wishes", {}, {}, "missing", {"rank": None, "met": ()}),
        ("wishes", {}, {"prefer": ("M2",)}, "none", {"rank": None, "met": ()}),
        ("wishes", {}, {"prefer": ("M2", "M1")}, "mentee_wish", {"rank": 2, "met": ()}),
        (
            "wishes",
            {"prefer": ("need:network", "occupation:2")},
            {"occupation": "2"},
            "mentor_wish",
            {"rank": None, "met": ("occupation:2",)},
        ),
        (
            "wishes",
            {"prefer": ("need:network",)},
            {"needs": frozenset({"network"}), "prefer": ("M1",)},
            "both",
            {"rank": 1, "met": ("need:network",)},
        ),
        (
            "availability",
            {"slots": ("tu-am", "mo-eve", "mo-am")},
            {"slots": ("mo-eve", "tu-am")},
            "shared",
            {"shared": ("mo-eve", "tu-am"), "mentor": 3, "mentee": 2},
        ),
        (
            "availability",
            {"slots": ("mo-am",)},
            {"slots": ("tu-am",)},
            "none",
            {"shared": (), "mentor": 1, "mentee": 1},
        ),
        (
            "availability",
            {},
            {"slots": ("tu-am",)},
            "missing",
            {"shared": (), "mentor": 0, "mentee": 1},
        ),
        ("waiting", {}, {}, "new", {"rounds": 0}),
        ("waiting", {}, {"waiting": 4}, "waited", {"rounds": 4}),
    ],
)
def test_wishes_times_and_waiting(criterion, ours, theirs, code, values):
    policy = matching.Policy(weights={criterion: 10_000})
    [found] = matching.facts(mentor(**ours), mentee(**theirs), policy)
    assert (found.code, found.values) == (code, values)


def test_a_related_field_is_called_so_where_nothing_is_closer():
    def told(ours, theirs):
        return fact("qualification", mentor(fields=ours), mentee(fields=theirs)).values["field"]

    assert told(("0541",), ("0613",)) == "related"
    assert told(("0541", "0619"), ("0613",)) == "narrow"
    assert told(("0411", "0732"), ("0711",)) == "broad"
    assert told(("0541",), ("0711",)) == "none"

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.cohort import Cohort
from matching.criteria import BUILD
from matching.criteria.tables import Table
from matching.scores import build_scoring
from tests.matching import oracle
from tests.matching.people import mentee, mentor
from tests.matching.strategies import mentees, mentors, rounds

ALL = dict.fromkeys(matching.CRITERIA, 1111) | {"sector": 1112}
policies = st.builds(
    lambda weights, level, km: matching.Policy(
        weights=weights, rules={**matching.DEFAULT_RULES, "language_floor": level}, reach_km=km
    ),
    st.sampled_from([matching.DEFAULT_WEIGHTS, ALL]),
    st.sampled_from(matching.CEFR),
    st.sampled_from([0, 3, 25]),
)


def score(one, other, policy=None) -> int:
    return sum(fact.points for fact in matching.facts(one, other, policy or matching.Policy()))


def fit(criterion: str, one: matching.Mentor, other: matching.Mentee, **policy) -> int:
    only = matching.Policy(weights={criterion: 10_000}, **policy)
    return score(one, other, only)


@given(rounds, policies)
def test_scores_are_what_their_definition_says(people, policy):
    everyone = np.arange(len(people[0]))
    scores = build_scoring(Cohort(people[0], people[1], policy)).block(everyone)
    expected = [[oracle.score(one, other, policy) for other in people[1]] for one in people[0]]
    assert scores.tolist() == expected


@given(rounds, policies)
def test_points_sum_to_the_score_and_stay_within_weights(people, policy):
    scoring = build_scoring(Cohort(people[0], people[1], policy))
    scores = scoring.block(np.arange(len(people[0])))
    rows, columns = np.indices(scores.shape).reshape(2, -1)
    for parts, total in zip(scoring.parts(rows, columns), scores.ravel().tolist(), strict=True):
        assert sum(parts.values()) == total
        assert all(0 <= parts[name] <= weight for name, weight in policy.weights.items())


@given(mentors, mentees, st.sampled_from([None, *matching.GENDERS]))
def test_gender_name_and_wish_leave_the_score(one, other, gender):
    changed = replace(other, id="another name", gender=gender, same_gender=not other.same_gender)
    assert score(one, other) == score(replace(one, id="X", gender=gender), changed)


@given(mentors, mentees)
def test_sides_may_be_swapped_in_what_both_say(one, other):
    same = {
        name: (getattr(one, name), getattr(other, name))
        for name in ("sectors", "level", "fields", "languages", "place", "reach_km", "modes")
    }
    swapped = (
        replace(one, **{name: theirs for name, (_, theirs) in same.items()}),
        replace(other, **{name: ours for name, (ours, _) in same.items()}),
    )
    for criterion in ("sector", "qualification", "language", "reach"):
        assert fit(criterion, one, other) == fit(criterion, *swapped)


@given(mentors, mentees, st.data())
def test_more_in_common_never_lowers_a_score(one, other, data):
    better = data.draw(
        st.sampled_from(
            [
                replace(one, sectors=(*one.sectors, *other.sectors[:1])),
                replace(one, fields=(*one.fields, *other.fields[:1])),
                replace(one, offers=one.offers | set(list(other.needs)[:1])),
                replace(one, occupation=whole_code(other.occupation) or one.occupation),
                replace(one, level=other.level or one.level),
                replace(one, recognition=(*one.recognition, (other.occupation or "2")[:1])),
                replace(one, languages=dict.fromkeys(one.languages, "C2")),
                replace(one, languages={**dict.fromkeys(other.languages, "C2"), **one.languages}),
            ]
        )
    )
    assert score(better, other) >= score(one, other)


def whole_code(occupation: str | None) -> str | None:
    """A code in full: only this is known to be nearest to itself."""
    return occupation if occupation and len(occupation) == 4 else None


def test_a_perfect_pair_scores_ten_thousand():
    what_fits: dict[str, Any] = {
        "sectors": ("86",),
        "occupation": "2212",
        "level": 7,
        "fields": ("0912",),
        "languages": {"de": "C2"},
    }
    one = mentor(offers=frozenset({"network"}), **what_fits)
    other = mentee(needs=frozenset({"network"}), recognition="not_needed", **what_fits)
    assert score(one, other) == 10_000


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("86",), ("86",), 10_000),
        (("86",), ("87",), 5000),
        (("R",), ("86",), 5000),
        (("R",), ("R",), 5000),
        (("85",), ("R",), 2500),
        (("86",), ("62",), 0),
        (("62", "86"), ("01", "87"), 5000),
        ((), ("86",), 0),
    ],
)
def test_sector(ours, theirs, expected):
    assert fit("sector", mentor(sectors=ours), mentee(sectors=theirs)) == expected


@pytest.mark.parametrize(
    ("ours", "target", "past", "expected"),
    [
        ("2212", "2212", None, 10_000),
        ("2211", "2212", None, 8000),
        ("2221", "2212", None, 5000),
        ("2512", "2212", None, 2000),
        ("3115", "2212", None, 0),
        ("22", "2212", None, 5000),
        ("2212", "3115", "2212", 6000),
        ("2212", None, "2211", 4800),
        (None, "2212", "2212", 0),
    ],
)
def test_occupation(ours, target, past, expected):
    other = mentee(occupation=target, past_occupation=past)
    assert fit("occupation", mentor(occupation=ours), other) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({"level": 7}, {"level": 7}, 5000),
        ({"level": 1}, {"level": 8}, 0),
        ({"level": 6}, {"level": 7}, 4286),
        ({"level": 6}, {}, 0),
        ({"fields": ("0713",)}, {"fields": ("0713",)}, 3000),
        ({"fields": ("0713",)}, {"fields": ("0711",)}, 1800),
        ({"fields": ("071",)}, {"fields": ("071",)}, 1800),
        ({"fields": ("0713",)}, {"fields": ("07",)}, 900),
        ({"fields": ("0912", "0713")}, {"fields": ("0011", "0713")}, 3000),
        ({"fields": ("0541",)}, {"fields": ("0613",)}, 450),
        ({"fields": ("0541", "0600")}, {"fields": ("0613",)}, 900),
        ({"fields": ("05",)}, {"fields": ("0613",)}, 0),
        ({"recognition": ("22",)}, {"occupation": "2212"}, 2000),
        ({"recognition": ("2212",)}, {"occupation": "22"}, 0),
        ({"recognition": ("22",)}, {}, 0),
        ({}, {"recognition": "not_needed"}, 2000),
        ({}, {"recognition": "full"}, 2000),
        ({}, {"recognition": "applied"}, 0),
    ],
)
def test_qualification(ours, theirs, expected):
    assert fit("qualification", mentor(**ours), mentee(**theirs)) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "floor", "expected"),
    [
        ({"de": "C2"}, {"de": "C2"}, "B1", 10_000),
        ({"de": "C2"}, {"de": "B1"}, "B1", 0),
        ({"de": "C2"}, {"de": "B2"}, "B1", 3333),
        ({"de": "C2"}, {"de": "C1"}, "B1", 6667),
        ({"de": "C2", "en": "B1"}, {"de": "B2", "en": "C2"}, "B1", 5333),
        ({"de": "B1", "en": "B1"}, {"de": "B1", "en": "B1"}, "B1", 2000),
        ({"de": "C2", "en": "C2"}, {"de": "C2", "en": "B1"}, "B1", 10_000),
        ({"de": "C2", "en": "C2"}, {"de": "C2", "en": "A2"}, "B1", 10_000),
        ({"de": "C2"}, {"en": "C2"}, "B1", 0),
        ({"de": "C2"}, {"de": "C2"}, "C2", 10_000),
        ({"de": "C2"}, {"de": "C1"}, "C2", 0),
        ({"de": "C2"}, {"de": "C2"}, "C1", 10_000),
        ({"de": "A2"}, {"de": "C1"}, "A1", 2000),
    ],
)
def test_language(ours, theirs, floor, expected):
    one, other = mentor(languages=ours), mentee(languages=theirs)
    rules = {"language_floor": floor}
    assert fit("language", one, other, rules=rules) == expected


@pytest.mark.parametrize(
    ("offers", "needs", "expected"),
    [
        ({"network", "interview"}, {"network"}, 10_000),
        ({"network"}, {"network", "interview", "leadership"}, 3333),
        ({"network"}, {"interview"}, 0),
        ({"network"}, set(), 0),
        (set(matching.NEEDS), set(matching.NEEDS), 10_000),
    ],
)
def test_needs(offers, needs, expected):
    one, other = mentor(offers=frozenset(offers)), mentee(needs=frozenset(needs))
    assert fit("needs", one, other) == expected


IN_PERSON = frozenset({"in_person"})


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({"place": (0, 0)}, {"place": (0, 0)}, 10_000),
        ({"place": (0, 0)}, {"place": (3000, 4000)}, 8000),
        ({"place": (0, 0), "reach_km": 50}, {"place": (3000, 4000), "reach_km": 1}, 9000),
        ({"place": (0, 0), "reach_km": 5}, {"place": (3000, 4000), "reach_km": 5}, 0),
        ({"place": (0, 0), "reach_km": 4}, {"place": (3000, 4000), "reach_km": 4}, 0),
        ({"place": (0, 0), "reach_km": 0}, {"place": (0, 0), "reach_km": 0}, 10_000),
        ({"place": (0, 0)}, {}, 0),
        ({"modes": frozenset(matching.MODES)}, {"modes": frozenset({"online"})}, 10_000),
        ({"modes": IN_PERSON}, {"modes": frozenset({"online"})}, 0),
        ({"modes": None, "place": (0, 0)}, {"modes": IN_PERSON, "place": (0, 0)}, 10_000),
    ],
)
def test_reach(ours, theirs, expected):
    one, other = mentor(**{"modes": IN_PERSON} | ours), mentee(**{"modes": IN_PERSON} | theirs)
    assert fit("reach", one, other) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({}, {"prefer": ("M1", "M2")}, 5000),
        ({}, {"prefer": ("M9", "M1")}, 4000),
        ({}, {"prefer": ("M9", "M9", "M8", "M1")}, 3000),
        ({}, {"prefer": ("M7", "M8", "M9", "M1")}, 0),
        ({"prefer": ("occupation:22",)}, {"occupation": "2212"}, 5000),
        ({"prefer": ("occupation:22",)}, {"past_occupation": "2212"}, 5000),
        ({"prefer": ("occupation:2212",)}, {"occupation": "22"}, 0),
        ({"prefer": ("need:network",)}, {"needs": frozenset({"network"})}, 5000),
        ({"prefer": ("need:network",)}, {"needs": frozenset({"interview"})}, 0),
        (
            {"prefer": ("need:network", "occupation:2")},
            {"occupation": "2", "prefer": ("M1",)},
            10_000,
        ),
        ({}, {}, 0),
    ],
)
def test_wishes(ours, theirs, expected):
    assert fit("wishes", mentor(**ours), mentee(**theirs)) == expected


WEEK = matching.SLOTS


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (WEEK, WEEK[3:4], 10_000),
        (WEEK[:3], WEEK[2:6], 3333),
        (WEEK[:3], WEEK[3:], 0),
        (WEEK, None, 0),
        ((), WEEK, 0),
    ],
)
def test_availability(ours, theirs, expected):
    assert fit("availability", mentor(slots=ours), mentee(slots=theirs)) == expected


@pytest.mark.parametrize(
    ("rounds", "expected"), [(0, 0), (1, 5000), (2, 8000), (3, 10_000), (10**9, 10_000)]
)
def test_waiting(rounds, expected):
    assert fit("waiting", mentor(), mentee(waiting=rounds)) == expected


@given(rounds, policies)
def test_a_rectangle_and_single_pairs_have_the_fits_of_the_whole(people, policy):
    cohort = Cohort(people[0], people[1], policy)
    everyone, columns = map(np.arange, cohort.shape)
    for build in BUILD.values():
        fits = build(cohort)
        whole = fits.block(everyone)
        assert fits.tile(everyone[::-2], columns[1::2]).tolist() == whole[::-2, 1::2].tolist()
        rows, of = np.indices(cohort.shape).reshape(2, -1)
        assert fits.pairs(rows, of).tolist() == whole.ravel().tolist()


def test_tables_are_alike_whose_people_are_of_the_same_kinds():
    def table(kind, mentee_kind, shape=(2, 3), fit=0):
        return Table(np.full(shape, fit), np.array(kind), np.array(mentee_kind))

    one = table([0, 1], [2, 0])
    assert one.is_like(table([0, 1], [2, 0], fit=9))
    assert not one.is_like(table([1, 1], [2, 0]))
    assert not one.is_like(table([0, 1], [2, 1]))
    assert not one.is_like(table([0, 1], [2, 0], shape=(2, 4)))

"""What is worth a glance about a proposal stands in its row."""

from dataclasses import replace

import pytest

from tandem.services import policies
from tests.support.pages import parse
from tests.support.solving import solve

pytestmark = pytest.mark.usefixtures("policy")

MEETS_ONLINE = {"modes": ["online", "in_person"], "reach_km": 10}
NURSE = {"occupation": "2221", "sectors": ["86"], "fields": ["0913"]}
COOK = {"occupation": "5120", "past_occupation": "5120", "sectors": ["56"], "fields": ["1013"]}


@pytest.fixture
def actor(make, programme):
    return make.coordinator(programme)


@pytest.fixture
def notes(session, sign_in, make, programme, actor):
    """Bring two people together and return the notes in their row."""

    def noted(mentor, mentee):
        make.mentor(programme, **mentor)
        make.mentee(programme, **mentee)
        round_ = make.round(programme)
        [proposal] = solve(session, round_, actor=actor)
        page = parse(sign_in(actor).get(f"/{programme.slug}/rounds/{round_.key}").text)
        [row] = [each for each in page.iter("tr") if each.get("id") == f"row-{proposal.key}"]
        return [
            "".join(each.itertext()) for each in row.iter("span") if each.get("class") == "t-chip"
        ]

    return noted


def test_an_ordinary_pair_has_none(notes):
    assert notes({}, {}) == []


@pytest.mark.parametrize(
    ("mentor", "mentee", "said"),
    [
        ({"postal_code": "80331"} | MEETS_ONLINE, MEETS_ONLINE, "Online only"),
        (
            {"postal_code": "25524", "reach_km": 45, "modes": ["in_person"]},
            {"postal_code": "25746", "reach_km": 45, "modes": ["in_person"]},
            "Long way: ",
        ),
        ({}, {"languages": {"de": "B1", "ar": "C2"}}, "Only German in common, at B1"),
        (NURSE, COOK, "0 points for sector and occupation"),
        ({}, {"topics": []}, "Entries missing"),
    ],
)
def test_what_is_worth_a_glance_is_noted(notes, mentor, mentee, said):
    assert any(note.startswith(said) for note in notes(mentor, mentee))


def test_a_pair_that_could_as_well_not_be_made_is_a_close_call(make, programme, notes):
    make.mentor(programme)
    assert "Close call" in notes({}, {})


def test_nobody_needs_to_have_a_wish(session, programme, actor, notes):
    terms = policies.terms(policies.current(session, programme))
    weights = {name: points * 9 // 10 for name, points in terms.weights.items()}
    wishes = replace(terms, weights=weights | {"wishes": 10_000 - sum(weights.values())})
    policies.adopt(session, wishes, programme=programme, actor=actor, seen_number=1)
    assert notes({}, {}) == []

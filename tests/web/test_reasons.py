"""Every fact of the engine has a sentence, for everyone who may read it."""

import pytest

import matching
from tandem.models import Side
from tandem.web import reasons

MENTOR = {
    "id": "M1",
    "languages": {"de": "C2", "en": "C1"},
    "sectors": ("43",),
    "occupation": "741",
    "level": 6,
    "fields": ("0713",),
    "recognition": ("741",),
    "place": (0.0, 0.0),
    "offers": ("network", "applications"),
}
MENTEE = {
    "id": "E1",
    "languages": {"de": "B2", "ar": "C2"},
    "sectors": ("43",),
    "occupation": "741",
    "past_occupation": "741",
    "level": 5,
    "fields": ("0713",),
    "recognition": "applied",
    "place": (8_000.0, 0.0),
    "needs": ("applications", "interview"),
}


@pytest.fixture
def say(app):
    """Say in English why two people fit."""

    def sentences(mentor=None, mentee=None, reader=None, lang="en", policy=None):
        ours = matching.Mentor(**(MENTOR | (mentor or {})))
        theirs = matching.Mentee(**(MENTEE | (mentee or {})))
        facts = [
            {"criterion": fact.criterion, "code": fact.code, "values": dict(fact.values)}
            for fact in matching.facts(ours, theirs, policy or matching.Policy())
        ]
        with app.test_request_context(f"/?lang={lang}"):
            return reasons.sentences(facts, mentee="Rima", mentor="Maren", reader=reader)

    return sentences


def texts(said, good=None):
    return [text.striptags() for text, each in said if good in {None, each}]


def test_the_coordinator_reads_both_names_and_what_speaks_against_comes_last(say):
    said = say()
    assert [good for _text, good in said] == sorted((g for _t, g in said), reverse=True)
    assert "Rima" in texts(said)[0]
    assert "Maren offers what Rima asks for: Writing applications." in texts(said, good=True)
    assert texts(said, good=False) == [
        "Rima also asks for what Maren does not offer: Job interviews."
    ]


def test_the_mentee_is_addressed(say):
    said = texts(say(reader=Side.MENTEE))
    assert "Maren can help you with: Writing applications." in said
    assert "You are about 8 km apart." in said
    assert not any("Rima" in text for text in said)


def test_the_mentor_learns_nothing_of_the_qualification_nor_of_needs_that_stay_open(say):
    said = " ".join(texts(say(reader=Side.MENTOR)))
    assert "Rima asks for what you offer: Writing applications." in said
    for word in ("level", "recognised", "interviews", "Maren"):
        assert word not in said


def test_only_the_coordinator_reads_what_speaks_against(say):
    for side in Side:
        assert all(good for _text, good in say({"sectors": ("86",)}, reader=side))


def test_names_are_isolated_and_escaped(app):
    facts = [{"criterion": "needs", "code": "all", "values": {"met": ["network"], "unmet": []}}]
    with app.test_request_context("/?lang=en"):
        [(text, _good)] = reasons.sentences(facts, mentee="<b>", mentor="O'Brien")
    assert "<bdi>&lt;b&gt;</bdi>" in text


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        ({"sectors": ("41",)}, {}, "Neighbouring sectors"),
        ({"sectors": ("25",)}, {}, "Related sectors"),
        ({"sectors": ("86",)}, {}, "Different sectors"),
        ({"sectors": ()}, {}, "A sector is missing"),
        ({"occupation": "742"}, {}, "Close occupations"),
        ({"occupation": "711"}, {}, "Occupations only distantly related"),
        ({}, {"occupation": "222"}, "works in the field that Rima comes from"),
        ({"occupation": "742"}, {"occupation": None}, "Rima comes from: "),
        ({"occupation": "711"}, {"occupation": "222"}, "distantly related"),
        ({"occupation": "222"}, {"occupation": None}, "Rima: unknown"),
        ({"occupation": "222"}, {}, "Different occupations"),
        ({"occupation": None}, {}, "An occupation is missing"),
        ({"offers": ()}, {}, "Needs or offers are missing"),
        ({"level": None, "fields": ()}, {}, "Qualifications are missing"),
        ({"level": None}, {}, "Both learned in the same field"),
        ({"level": 8}, {"level": 2}, "Their levels of qualification differ: Maren 8, Rima 2."),
        ({"recognition": ("222",)}, {}, "does not know the way to recognition"),
        ({"languages": {"fr": "C2"}}, {}, "They share no language"),
        ({"modes": frozenset({"online"})}, {}, "One can only meet online"),
        ({"place": None}, {}, "A place is missing"),
        ({"place": (90_000.0, 0.0)}, {}, "82 km lie between them, more than the 25 km"),
        ({"place": (8_000.0, 0.0)}, {}, "Both are in the same place."),
        (
            {"modes": frozenset({"online", "in_person"})},
            {"modes": frozenset({"online", "in_person"})},
            "Both can meet online.",
        ),
    ],
)
def test_every_code_has_its_sentence(say, mentor, mentee, expected):
    assert any(expected in text for text in texts(say(mentor, mentee))), texts(say(mentor, mentee))
    for side in Side:
        assert all(text for text in texts(say(mentor, mentee, reader=side)))


ALL = matching.Policy(weights=dict.fromkeys(matching.CRITERIA, 1_100) | {"occupation": 1_200})
EVENING, MORNING = frozenset({"mo-eve", "fr-am"}), frozenset({"fr-am"})


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        ({}, {"prefer": ("M1",)}, "Rima put Maren first on the short list."),
        ({}, {"prefer": ("M2", "M1")}, "Rima put Maren second on the short list."),
        ({}, {"prefer": ("M3", "M2", "M1")}, "Rima put Maren third on the short list."),
        ({"prefer": ("need:interview",)}, {}, "Rima fits what Maren wished for: Job interviews."),
        ({"prefer": ("occupation:74",)}, {}, "Rima fits what Maren wished for: Electrical"),
        ({"prefer": ("occupation:22",)}, {}, "No wish of either side is met."),
        ({}, {}, "Neither side has said a wish"),
        (
            {"slots": EVENING},
            {"slots": EVENING},
            "Times that suit both: Monday evening and Friday morning.",
        ),
        ({"slots": EVENING - MORNING}, {"slots": MORNING}, "no time of the week in common"),
        ({}, {}, "Times are missing"),
        ({}, {"waiting": 1}, "Rima was left without a tandem in one earlier round."),
        ({}, {"waiting": 2}, "Rima was left without a tandem in 2 earlier rounds."),
    ],
)
def test_criteria_that_are_off_at_first_have_their_sentences_too(say, mentor, mentee, expected):
    said = texts(say(mentor, mentee, policy=ALL))
    assert any(expected in text for text in said), said
    for side in Side:
        assert all(text for text in texts(say(mentor, mentee, reader=side, policy=ALL)))


def test_a_mentor_does_not_learn_how_a_mentee_ranked_nor_how_long_anyone_waits(say):
    said = " ".join(
        texts(say(None, {"prefer": ("M1",), "waiting": 3}, reader=Side.MENTOR, policy=ALL))
    )
    assert said
    assert "short list" not in said
    assert "round" not in said


def test_a_code_without_a_sentence_is_a_bug(app):
    facts = [{"criterion": "sector", "code": "new", "values": {"mentor": "43", "mentee": "43"}}]
    with app.test_request_context("/"), pytest.raises(LookupError):
        reasons.sentences(facts, mentee="Rima", mentor="Maren")

"""Occupations, sectors and places, searched while somebody types."""

import pytest

from tests.support.counting import statements


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def anybody(sign_in, make, programme):
    return sign_in(make.mentee(programme, state=None).membership.account)


def found(client, source, words):
    answer = client.get(f"/heide/search/{source}", query_string={"q": words, "lang": "en"})
    assert answer.status_code == 200
    return answer.json


@pytest.mark.parametrize(
    ("source", "words", "code", "name"),
    [
        ("occupations", "Krankenschwester", "2221", "Nursing professionals"),
        ("occupations", "krankenshwester", "2221", "Nursing professionals"),
        ("sectors", "hospital", "86", "Human health"),
        ("places", "Brunsbuttel", "25541", "25541 Brunsbüttel"),
        ("places", "2574", "25746", "25746 Heide"),
    ],
)
def test_what_is_typed_is_found(  # where, what, its code, how its name begins
    anybody, source, words, code, name
):
    answer = found(anybody, source, words)
    names = {each["code"]: each["name"] for each in answer["found"]}
    assert names[code].startswith(name)
    assert str(len(names)) in answer["said"]


def test_the_letters_that_fit_are_marked_and_names_say_their_language(anybody):
    [first, *_] = found(anybody, "occupations", "krankensch")["found"]
    [also, *_] = first["also"]
    assert also["lang"] == "de"
    assert ["Krankensch", True] in also["parts"]


def test_a_place_stands_once_for_its_code(anybody):
    codes = [each["code"] for each in found(anybody, "places", "257")["found"]]
    assert len(codes) == len(set(codes)) > 1


@pytest.mark.parametrize("words", ["", " ", "\x01", "x" * 5000, "%", "<b>", "؟", "'; DROP TABLE"])
def test_nothing_that_is_typed_is_an_error(anybody, words):
    """TRUST C6, D1."""
    for source in ("occupations", "sectors", "places"):
        assert isinstance(found(anybody, source, words)["found"], list)


def test_nothing_else_can_be_searched(anybody):
    assert anybody.get("/heide/search/people?q=a").status_code == 404


def test_a_search_asks_the_database_only_who_is_asking(session, anybody):
    session.commit()
    anybody.before_each = lambda: None
    with statements(session) as seen:
        found(anybody, "occupations", "nurse")
    assert {text.partition("FROM ")[2].split()[0] for text in seen} <= {
        "programmes",
        "sessions",
        "accounts",
        "memberships",
    }

"""Places found by postal code or name."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from tandem.taxonomy import Place, is_postal_code, search_places, town_names

MUNICIPALITIES_OF_DITHMARSCHEN = 116


def rows():
    text = (files("tandem.taxonomy") / "data" / "places.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def test_dithmarschen_is_complete():
    towns = {
        town
        for row in rows()
        if row["district"] == "Dithmarschen"
        for town in row["names"].split("; ")
    }
    assert len(towns) == MUNICIPALITIES_OF_DITHMARSCHEN


def test_every_code_is_a_postal_code_and_stands_once_with_each_town_once():
    assert all(is_postal_code(row["code"]) for row in rows())
    assert set(Counter(row["code"] for row in rows()).values()) == {1}
    for row in rows():
        assert set(Counter(row["names"].split("; ")).values()) == {1}


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("25746", "25746", "Heide"),
        ("Heide", "25746", "Heide"),
        ("heid", "25746", "Heide"),
        ("25746 Heide", "25746", "Heide"),
        ("Heide, 25746", "25746", "Heide"),
        ("D-25746", "25746", "Heide"),
        ("Heide (25746)", "25746", "Heide"),
        ("Büsum", "25761", "Büsum"),
        ("Buesum", "25761", "Büsum"),
        ("Busum", "25761", "Büsum"),
        ("Meldrof", "25704", "Meldorf"),
        ("St. Michaelisdonn", "25693", "Sankt Michaelisdonn"),
        ("Brunsbuettel", "25541", "Brunsbüttel"),
        ("Burg", "25712", "Burg (Dithmarschen)"),
        ("Wesselburener D", "25764", "Wesselburener Deichhausen"),
        ("Itzehoe", "25524", "Itzehoe"),
        ("80331", "80331", ""),
        ("99999 Heide", "25746", "Heide"),
    ],
)
def test_the_first_place_is_the_one_meant(typed, code, name):
    assert search_places(typed)[0] == Place(code, name)


def test_a_town_stands_once_for_each_of_its_codes():
    assert search_places("Kleve") == [Place("25776", "Kleve"), Place("25779", "Kleve")]


def test_the_beginning_of_a_code_finds_named_places_first_then_by_code():
    found = search_places("25", most=200)
    named = [place for place in found if place.name]
    assert found[: len(named)] == named
    assert [place.code for place in named] == sorted(place.code for place in named)
    assert len(found) == len({place.code for place in found})


@pytest.mark.parametrize("text", ["", "?", "99999", "123456", "00", "xqzwvk"])
def test_what_is_no_place_finds_nothing(text):
    assert search_places(text) == []


def test_a_code_has_the_town_it_is_known_by_first():
    assert town_names("25779")[:2] == ("Hennstedt", "Bergewöhrden")
    assert town_names("80331") == ()

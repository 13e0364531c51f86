"""Occupations and sectors found in people's own words."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem import taxonomy
from tandem.taxonomy import is_occupation, occupation_name, search_occupations, search_sectors
from tandem.taxonomy.everyday import everyday_names
from tandem.taxonomy.found import marks
from tandem.taxonomy.names import LOCALES, read_table

QUERIES = Path(__file__).with_name("queries.tsv")
SHOWN = 3
LEAST_SHARE = 0.95
# What the search cannot do: it does not know the workplaces of every trade, forgives one error
# in a word of seven letters, and takes an English word with fewer errors before a German one.
KNOWN_MISSES = {"Ziegelei", "Mullahs", "Mechanika", "Leherin", "Reifenmonteur"}
OCCUPATIONS = [code for code in read_table("occupations") if len(code) == 4]


@pytest.fixture(autouse=True)
def nothing_imported():
    taxonomy.use(None)


def codes(text, locale="de", **options):
    return [found.code for found in search_occupations(text, locale, **options)]


def queries():
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_what_people_type_is_found_among_the_first_three():
    missed = {
        query["typed"]
        for query in queries()
        if not set(query["meant"].split()) & set(codes(query["typed"], query["locale"])[:SHOWN])
    }
    assert len(queries()) >= 120
    assert len(missed) <= len(queries()) * (1 - LEAST_SHARE)
    assert missed == KNOWN_MISSES


def test_the_queries_mean_groups_that_exist():
    meant = {code for query in queries() for code in query["meant"].split()}
    assert all(is_occupation(code) for code in meant)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_own_name_and_every_everyday_name_finds_its_group(locale):
    names = [
        (code, name)
        for code in OCCUPATIONS
        for name in (occupation_name(code, locale), *everyday_names("occupations", code, locale))
    ]
    assert [(code, name) for code, name in names if code not in codes(name, locale)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_two_letters_of_a_name_find_names_that_begin_so_first(locale):
    for code in OCCUPATIONS:
        start = occupation_name(code, locale)[:2]
        for found in search_occupations(start, locale):
            assert found.matched[0].marks


def test_an_exact_name_comes_before_a_beginning_before_a_word_before_an_error():
    assert codes("Koch")[0] == "5120"
    found = [each.matched[0].text for each in search_occupations("Pilot", "de")]
    assert found[0] == "Pilot"
    assert codes("Fräser")[0] == "7223"
    tailors = [each.matched[0].text for each in search_occupations("Maler", "de")]
    assert tailors.index("Maler") < tailors.index("Schildermaler")


def test_equals_are_ordered_by_the_readers_language():
    german, english = (search_occupations("Taxi", locale)[0] for locale in ("de", "en"))
    assert german.matched[0].language == "de"
    assert english.matched[0].language == "en"


def test_a_found_group_is_named_in_the_readers_language_with_what_is_above_it():
    found = search_occupations("Krankenschwester", "en")[0]
    assert (found.code, found.name, found.above) == (
        "3221",
        "Nursing associate professionals",
        "Health associate professionals",
    )


def test_what_matched_is_marked():
    found = next(each for each in search_occupations("krankenpf", "de") if each.code == "3221")
    also = found.matched[0]
    assert (also.text, also.where, also.language) == ("Krankenpfleger", "also", "de")
    assert also.parts == (("Krankenpf", True), ("leger", False))


@pytest.mark.parametrize(
    ("typed", "code", "parts"),
    [
        ("arzt", "2211", (("Arzt", True),)),
        ("baecker", "7512", (("Bäcker", True),)),
        ("backer", "7512", (("Bäcker", True),)),
        ("fahrer lkw", "8332", (("Lkw", True), ("-", False), ("Fahrer", True))),
        ("Schweiser", "7212", (("Schweißer", True),)),
        ("Gießerei und Formerei", "7211", None),
    ],
)
def test_marks_stand_on_the_letters_of_the_name(typed, code, parts):
    first = search_occupations(typed, "de")[0]
    assert first.code == code
    if parts is None:
        assert first.matched[0].where == "name"
    else:
        assert first.matched[0].parts == parts


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Bäcker", ["ba"], ((0, 2),)),
        ("Bäcker", ["bae"], ((0, 2),)),
        ("Groß- und Außenhandel", ["aussen", "gross"], ((0, 4), (10, 15))),
        ("Altenpfleger", ["pfleger"], ((5, 12),)),
        ("Altenpfleger", ["pf"], ()),
        ("Krankenschwester", ["intensivkrankenschwester"], ((0, 16),)),
        ("Elektriker", ["elektrikre"], ((0, 10),)),
    ],
)
def test_where_words_stand_in_a_name(text, words, expected):
    assert marks(text, words) == expected


def test_a_name_of_the_group_above_is_told_apart():
    found = {each.code: each.matched[0].where for each in search_occupations("Rohbau", "de")}
    assert found["7114"] == "above"


@pytest.mark.parametrize("text", ["", " ", "?!", "/", "…", "-", "(m/w/d)", "xqzwvk"])
def test_what_says_nothing_finds_nothing(text):
    assert codes(text) == []


@pytest.mark.parametrize("most", [1, 3, 20])
def test_no_more_is_found_than_asked_for_and_fewer_are_the_first_of_more(most):
    assert len(codes("Leitung", most=most)) == most
    assert codes("Leitung", most=most)[0] == codes("Leitung", most=40)[0]


@given(st.text(max_size=120))
def test_whatever_is_typed_is_answered_the_same_each_time_with_sound_marks(text):
    found = search_occupations(text, "de")
    assert found == search_occupations(text, "de")
    assert len({each.code for each in found}) == len(found)
    for each in found:
        for matched in each.matched:
            assert "".join(part for part, _ in matched.parts) == matched.text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Pflegeheim", "87"),
        ("pflegeh", "87"),
        ("Bäckerei", "10"),
        ("Werkstatt", "95"),
        ("Spedition", "49"),
        ("Windkraft", "35"),
        ("Krankenhaus", "86"),
        ("hospital", "86"),
        ("Tischlerei", "31"),
        ("Elektrobetrieb", "43"),
        ("Malerbetrieb", "43"),
        ("Kita", "88"),
        ("Schule", "85"),
        ("Supermarkt", "47"),
        ("Software", "62"),
        ("Steuerberatung", "69"),
        ("Ingenieurbuero", "71"),
        ("Zahnarztpraxsis", "86"),
        ("Bauernhof", "01"),
        ("Hotel", "55"),
        ("Gaststätte", "56"),
        ("Batteriefabrik", "27"),
        ("Maschinenbau", "28"),
        ("Frisör", "96"),
        ("Zeitarbeit", "78"),
        ("Rathaus", "84"),
        ("Reederei", "50"),
        ("Druckerei", "18"),
    ],
)
def test_sectors_are_found_by_typing(typed, code):
    found = search_sectors(typed, "de")
    assert code in [each.code for each in found][:SHOWN]


def test_divisions_of_a_section_are_found_by_its_name():
    found = search_sectors("Verarbeitendes Gewerbe", "de", most=30)
    assert {"10", "25", "33"} <= {each.code for each in found}
    assert {each.above for each in found} == {"Verarbeitendes Gewerbe (Industrie und Handwerk)"}

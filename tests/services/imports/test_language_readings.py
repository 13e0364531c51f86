"""Languages and their levels, read cell by cell."""

import pytest

from tandem.services.imports.asking import Asking
from tandem.services.imports.reading import languages
from tandem.taxonomy import is_language
from tests.services.imports.readers import asks, value

LANGUAGES = languages.reader_of(unstated="mentees")
GERMAN = languages.reader_of(only="de", unstated="mentees")


@pytest.mark.parametrize(
    ("text", "levels", "sure"),
    [
        ("de:C2|ar:B1", {"de": "C2", "ar": "B1"}, "exact"),
        ("Deutsch B1, Arabisch Muttersprache", {"de": "B1", "ar": "C2"}, "read"),
        ("Spanisch C2, Englisch C1", {"es": "C2", "en": "C1"}, "exact"),
        ("engl. B2; frz. A1", {"en": "B2", "fr": "A1"}, "exact"),
        ("Deutsch (A2/B1) und Englisch b2", {"de": "A2", "en": "B2"}, "read"),
        ("Deutsch A2/B1", {"de": "A2"}, "read"),
        ("Arabsich C1", {"ar": "C1"}, "read"),
        ("English B2 / Turkish C2", {"en": "B2", "tr": "C2"}, "exact"),
        ("EN B2", {"en": "B2"}, "exact"),
        ("-", None, "unknown"),
    ],
)
def test_languages_with_levels(text, levels, sure):
    assert value(LANGUAGES, text) == (levels, sure)


@pytest.mark.parametrize(
    ("text", "levels", "sure"),
    [
        ("B1", {"de": "B1"}, "exact"),
        ("b2", {"de": "B2"}, "exact"),
        ("B1 Zertifikat", {"de": "B1"}, "read"),
        ("C1 (telc)", {"de": "C1"}, "read"),
        ("A2/B1", {"de": "A2"}, "read"),
        ("Muttersprache", {"de": "C2"}, "read"),
        ("Englisch B2", {"en": "B2"}, "exact"),
    ],
)
def test_levels_in_a_column_about_one_language(text, levels, sure):
    assert value(GERMAN, text) == (levels, sure)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("gut", [("language_level", "gut")]),
        ("Fließend!", [("language_level", "fliessend")]),
        ("B2-Kurs läuft", [("language_level", "b2 kurs laeuft")]),
        ("B1 nicht bestanden", [("language_level", "b1 nicht bestanden")]),
        ("ab März B1", [("language_level", "ab maerz b1")]),
    ],
)
def test_a_level_that_is_not_plainly_said_is_asked_about(text, keys):
    assert asks(GERMAN, text) == keys


def test_each_language_without_a_level_asks_the_same():
    asking = Asking({})
    found = LANGUAGES("Türkisch/Kurdisch, Englisch B1", asking).values["languages"]
    assert found.value == {"en": "B1"}
    [question] = asking.questions()
    assert question.key == ("unstated_level", "mentees")
    assert (question.count, question.examples) == (2, ("Türkisch", "Kurdisch"))


def test_native_languages_are_known_best():
    reader = languages.reader_of(unstated="mentees", is_native=True)
    assert value(reader, "Arabisch, Kurdisch") == ({"ar": "C2", "ku": "C2"}, "read")
    assert asks(reader, "Arabisch") == []


def test_answers_about_levels_are_taken():
    answers = {("language_level", "gut"): "B2", ("unstated_level", "mentees"): "C2"}
    assert value(LANGUAGES, "Arabisch, Englisch gut", answers) == ({"ar": "C2", "en": "B2"}, "read")
    answers = {("language_level", "gut"): None, ("unstated_level", "mentees"): None}
    assert value(LANGUAGES, "Arabisch, Englisch gut", answers) == (None, "read")


def test_a_word_that_may_be_a_language_is_asked_about():
    assert asks(LANGUAGES, "Klingonisch") == [("language", "klingonisch")]
    answers = {("language", "klingonisch"): "eo", ("unstated_level", "mentees"): "A1"}
    assert value(LANGUAGES, "Klingonisch", answers) == ({"eo": "A1"}, "read")


def test_a_language_named_twice_keeps_the_lower_level_and_says_so():
    found = LANGUAGES("Deutsch B2, Deutsch B1", Asking({}))
    assert found.values["languages"].value == {"de": "B1"}
    assert found.remarks == ("contradicts",)


def test_every_abbreviation_names_a_language():
    assert all(is_language(code) for code in languages._names().values())

"""Names, ways to reach somebody, and places, read cell by cell."""

import pytest

from tandem.services.imports.asking import Asking
from tandem.services.imports.reading import contacts, names
from tandem.services.imports.reading.places import Places
from tandem.services.imports.understood import Sure
from tests.services.imports.readers import asks, outcome, value, values


@pytest.mark.parametrize(
    ("text", "first", "last", "gender"),
    [
        ("Beispielenko, Lucía", "Lucía", "Beispielenko", None),
        ("van der Probe, Reza", "Reza", "van der Probe", None),
        ("Reza van der Probe", "Reza", "van der Probe", None),
        ("Ana María Ejemplo", "Ana María", "Ejemplo", None),
        ("Frau Dr. Lu Probe", "Lu", "Probe", "f"),
        ("Herr Exempel 5", None, "Exempel 5", "m"),
        ("Fr. Probe", None, "Probe", "f"),
        ("Probe", None, "Probe", None),
        ("O'Exempel, X", "X", "O'Exempel", None),
        ("Dr. med. Probe, Jo", "Jo", "Probe", None),
    ],
)
def test_names_are_parted_into_first_and_last(text, first, last, gender):
    expected = {"first_name": first, "last_name": last, "gender": gender}
    assert values(names.read_name, text) == {k: v for k, v in expected.items() if v}


def test_a_name_with_a_comma_is_certain_and_one_without_is_read():
    assert names.read_name("Probe, Jo", Asking({})).values["last_name"].sure is Sure.EXACT
    assert names.read_name("Jo Probe", Asking({})).values["last_name"].sure is Sure.READ


def test_a_title_stays_in_the_note():
    assert not outcome(names.read_name, "Dr. Probe, Jo").keeps_all
    assert outcome(names.read_name, "Probe, Jo").keeps_all


@pytest.mark.parametrize("text", ["Ali und Bo Probe", "Probe, Ali / Probe, Bo", "A & B Probe"])
def test_two_people_in_a_cell_are_not_taken_for_one(text):
    found = outcome(names.read_name, text)
    assert found.remarks == ("several_people",)
    assert {known.value for known in found.values.values()} == {None}
    assert not found.keeps_all


@pytest.mark.parametrize("text", ["46", "=COUNTA(B5:B60)", "-", "?", "x" * 81])
def test_what_names_nobody_is_no_name(text):
    for reader in (names.read_name, names.read_first_name, names.read_last_name):
        assert {known.value for known in outcome(reader, text).values.values()} <= {None}


def test_cells_of_their_own_for_first_and_last_name_are_taken_as_they_are():
    assert value(names.read_first_name, "Anne-Marie") == ("Anne-Marie", "exact")
    assert value(names.read_last_name, "al Probe") == ("al Probe", "exact")
    assert values(names.read_last_name, "Probe, Jo") == {"first_name": "Jo", "last_name": "Probe"}


@pytest.mark.parametrize(
    ("text", "gender"),
    [("Fr.", "f"), ("Herr", "m"), ("W", "f"), ("d", "x"), ("divers", "x"), ("männlich", "m")],
)
def test_salutations_tell_the_gender(text, gender):
    assert value(names.read_salutation, text) == (gender, "exact")


def test_an_unknown_salutation_is_not_guessed():
    assert value(names.read_salutation, "Familie") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "mail", "sure"),
    [
        ("Jo.Probe@Example.org", "jo.probe@example.org", "exact"),
        ("mailto:a@example.org", "a@example.org", "exact"),
        ("a@example.org (Schwester)", "a@example.org", "read"),
        ("a@example.org; b@example.org", "a@example.org", "read"),
        ("über Schwester", None, "unknown"),
        ("keine", None, "unknown"),
        ("a@b", None, "unknown"),
        ("Jo@Straße.example", "jo@straße.example", "exact"),
        ("a..b@example.org", None, "unknown"),
        (f"a@{'ü' * 70}.example", None, "unknown"),
        (f"a@{'b.' * 130}example", None, "unknown"),
    ],
)
def test_mail_addresses(text, mail, sure):
    assert value(contacts.read_email, text) == (mail, sure)


@pytest.mark.parametrize(
    ("text", "phone", "sure"),
    [
        ("+49 151 0000003", "+491510000003", "exact"),
        ("0481 / 555006", "+49481555006", "exact"),
        ("0049 (0)481 555006", "+49481555006", "exact"),
        ("+49 (0) 481-555006", "+49481555006", "exact"),
        ("0151-0000005 (WhatsApp)", "+491510000005", "read"),
        ("ruft an", None, "unknown"),
        ("E000000", None, "unknown"),
        ("0123", None, "unknown"),
    ],
)
def test_telephone_numbers(text, phone, sure):
    assert value(contacts.read_phone, text) == (phone, sure)


def test_websites():
    assert value(contacts.read_website, "www.example.org") == ("https://www.example.org", "exact")
    assert value(contacts.read_website, "http://example.org/a") == ("http://example.org/a", "exact")
    assert value(contacts.read_website, "javascript:alert(1)") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "code", "sure"),
    [
        ("25746", "25746", "exact"),
        ("25746 Heide", "25746", "exact"),
        ("Heide (25746)", "25746", "exact"),
        ("D-25746 Heide", "25746", "exact"),
        ("Süderstr. 5, 25746 Heide", "25746", "read"),
        ("1067", "01067", "read"),
        ("Heide", "25746", "read"),
        ("St. Michaelisdonn", "25693", "read"),
        ("?", None, "unknown"),
    ],
)
def test_places(text, code, sure):
    assert value(Places([]).read, text) == (code, sure)


def test_a_place_that_is_not_known_is_asked_about():
    assert asks(Places([]).read, "Kleinkleckersdorf") == [("postal_code", "kleinkleckersdorf")]
    assert asks(Places([]).read, "99999") == [("postal_code", "99999")]


def test_an_answer_about_a_place_is_taken():
    answers = {("postal_code", "kleve"): "25779"}
    assert value(Places([]).read, "Kleve", answers) == ("25779", "read")


def test_a_place_of_several_codes_is_asked_about_and_they_are_offered():
    asking = Asking({})
    Places([]).read("Kleve", asking)
    [question] = asking.questions()
    assert set(question.offered) == {"25776", "25779"}


def test_one_row_tells_the_postal_code_of_another():
    places = Places(["10115 Testberg", "Testberg", "10117 Testtal", "10119 Testtal"])
    assert value(places.read, "Testberg") == ("10115", "read")
    assert asks(places.read, "Testtal") == [("postal_code", "testtal")]

"""Which column of a list holds what."""

import pytest

from tandem.models import ImportKind
from tandem.services.imports import NOTE, guess_kind
from tests.services.imports.lists import sheet_of, understood

MENTEES = ImportKind.MENTEES


def test_a_list_without_a_header_is_read_by_its_values():
    rows = [
        ["jo@example.org", "25746 Heide", "0481 555006", "Deutsch B1"],
        ["bo@example.org", "25709 Marne", "0481 555007", "Deutsch B2, Arabisch C2"],
    ]
    read = understood(MENTEES, *rows)
    assert read.header_line is None
    assert [column.role for column in read.columns] == ["email", "place", "phone", "languages"]
    assert [one.value("languages") for one in read.people] == [
        {"de": "B1"},
        {"de": "B2", "ar": "C2"},
    ]


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (["Vorname", "Nachname", "E-Mail-Adresse"], ["first_name", "last_name", "email"]),
        (["First name", "Surname", "Mobile"], ["first_name", "last_name", "phone"]),
        (["NAME", "Telefonnr.", "Wohnort"], ["name", NOTE, "place"]),
        (["Name", "Berufswunsch", "erlernter Beruf"], ["name", "occupation", "past_occupation"]),
        (["Name", "Deutschkenntnisse", "Englisch"], ["name", "language:de", "language:en"]),
        (["Name", "Niveau Deutsch", "Sprachen"], ["name", "language:de", "languages"]),
        (["Name", "Emial", "Geschlecht (m/w/d)"], ["name", "email", "gender"]),
        (
            ["Name Mentee", "Muttersprache", "Deutschniveau"],
            ["name", "native_languages", "language:de"],
        ),
        (["Name", "Religion", "Staatsangehörigkeit"], ["name", NOTE, NOTE]),
    ],
)
def test_headers_in_other_words(labels, roles):
    row = ["Jo Probe"] + [""] * (len(labels) - 1)
    assert [column.role for column in understood(MENTEES, labels, row).columns] == roles


def test_what_counts_in_no_match_is_pointed_out():
    labels = ["Name", "Religion", "Staatsangehörigkeit", "Geb.-Datum", "Alter", "Beruf (Herkunft)"]
    columns = understood(MENTEES, labels, ["Jo Probe"]).columns
    assert [column.is_sensitive for column in columns] == [False, True, True, True, True, False]


def test_values_decide_between_columns_of_the_same_header():
    read = understood(
        MENTEES, ["Name", "Kontakt", "Kontakt"], ["Probe, Jo", "0481 555006", "jo@example.org"]
    )
    assert [column.role for column in read.columns] == ["name", "phone", "email"]


def test_two_columns_for_the_same_thing_are_not_mixed_up():
    labels = ["Name", "E-Mail", "Mail"]
    read = understood(MENTEES, labels, ["Probe, Jo", "jo@example.org", "jo2@example.org"])
    assert read.people[0].value("email") == "jo@example.org"
    assert read.people[0].notes() == ["Mail: jo2@example.org"]


def test_beside_first_names_a_column_of_names_has_last_names():
    read = understood(MENTEES, ["Name", "Vorname", "Ort"], ["van der Probe", "Jo Ann", "Heide"])
    assert read.columns[0].role == "last_name"
    assert read.people[0].value("last_name") == "van der Probe"
    assert read.people[0].notes() == ["Ort: Heide"]


def test_the_kind_of_list_shows_in_its_headers():
    mentees = sheet_of(["Name", "Wunsch", "Deutsch"], ["Jo Probe", "Büro", "B1"])
    assert guess_kind([mentees]) is MENTEES
    companies = sheet_of(["Firma", "Ansprechpartner", "Funktion"], ["Werft", "Jo Probe", "GF"])
    assert guess_kind([companies]) is ImportKind.COMPANIES


def test_headers_of_companies_say_whose_they_are():
    labels = ["Mentor/in", "Kontakt", "Mitarbeiterzahl"]
    read = understood(ImportKind.COMPANIES, labels, ["Jo Probe", "jo@example.org", "ca. 12"])
    assert [column.role for column in read.columns] == ["name", "email", "size"]
    labels = ["Betrieb", "Vorname Ansprechpartner", "Name Ansprechpartner", "Ansprechpartner Tel.",
              "E-Mail Mentor", "max. Mentees", "Mentor seit"]  # fmt: skip
    row = ["Werft", "Jo", "Probe", "0481 555006", "jo@example.org", 2, 2020]
    read = understood(ImportKind.COMPANIES, labels, row)
    assert [column.role for column in read.columns] == [
        "company", "first_name", "last_name", "phone", "email", "capacity", NOTE,
    ]  # fmt: skip

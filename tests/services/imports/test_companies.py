"""A coordinator's list of companies with their mentors."""

import pytest

from tandem.models import ImportKind
from tandem.services.imports import Key, Value, understand
from tandem.services.tables import Merged
from tests.services.imports.lists import lost, sheet_of, understood

COMPANIES = ImportKind.COMPANIES
HEADER = [
    "Firma", "Branche", "Ansprechpartner", "Funktion", "Ort", "Mail", "Wie viele Mentees?",
    "Kann helfen bei", "Sprachen", "seit",
]  # fmt: skip
LIST = sheet_of(
    ["Unternehmen / Mentorinnen und Mentoren"],
    HEADER,
    ["Windpark GmbH", "Windkraft", "Frau Exempel 5", "Personal", "25767 Albersdorf",
     "k5@example.com", 1, "alles", "D/E", 2020],
    [None, "Krankenhaus", "Herr Muster 6", "Inhaber", "25761 Büsum", "k6@example.com",
     "nach Absprache", None, "Deutsch C2", None],
    ["Hotel am Deich", "Hotel garni", "Herr Demo 10", "Inhaber", "25709 Marne", "k10@example.com",
     "1-2", "Anerkennung", "D", "2021"],
    [None, None, "Frau Demo 11", None, "25746 Heide", "k11@example.com", None, None, None, None],
    ["Werft ohne Kontakt", "Werft", None, None, "25541 Brunsbüttel", None, None, None, None, None],
    ["windpark gmbh", "Windkraft", "Frau Spät 7", None, None, "k7@example.com", 2, None, None],
    merged=(Merged(first_line=3, last_line=4, first_column=1, last_column=1),),
)  # fmt: skip


@pytest.fixture(name="read", scope="module")
def read_fixture():
    return understand([LIST], COMPANIES, answers={})


def test_mentors_are_gathered_by_their_companies(read):
    assert [(one.value("name"), [m.line for m in one.mentors]) for one in read.companies] == [
        ("Windpark GmbH", [3, 4, 8]),
        ("Hotel am Deich", [5, 6]),
        ("Werft ohne Kontakt", []),
    ]


def test_a_company_has_its_own_fields(read):
    assert [
        {name: known.value for name, known in one.fields.items()} for one in read.companies
    ] == [
        {"name": "Windpark GmbH", "sector": "35", "postal_code": "25767"},
        {"name": "Hotel am Deich", "sector": "55", "postal_code": "25709"},
        {"name": "Werft ohne Kontakt", "sector": "30", "postal_code": "25541"},
    ]


def test_a_mentor_is_read_as_far_as_it_goes(read):
    first = read.companies[0].mentors[0]
    assert first.value("last_name") == "Exempel 5"
    assert first.value("gender") == "f"
    assert first.value("job_title") == "Personal"
    assert first.value("capacity") == 1
    assert len(first.value("topics")) == 10
    assert first.value("sectors") == ["35"]
    assert first.value("languages") is None
    assert "seit: 2020" in first.notes()[0]


def test_a_mentor_below_a_company_belongs_to_it_and_that_is_said(read):
    assert [one.remarks for one in read.companies[0].mentors] == [
        (),
        ("company_from_above", "sector_differs"),
        (),
    ]
    assert read.companies[0].mentors[1].value("sectors") == ["86"]
    assert "Branche: Krankenhaus" in read.companies[0].mentors[1].notes()[0]


def test_nothing_of_a_company_is_lost(read):
    assert lost(read, LIST) == []


def test_questions_and_answers():
    answers: dict[Key, Value] = {
        ("unstated_level", "companies"): "C2",
        ("capacity", "nach absprache"): 1,
        ("capacity", "1 2"): 2,
    }
    read = understand([LIST], COMPANIES, answers=answers)
    assert read.questions == ()
    assert [one.value("capacity") for one in read.companies[0].mentors] == [1, 1, 2]
    assert read.companies[0].mentors[0].value("languages") == {"de": "C2", "en": "C2"}


def test_a_mentor_above_every_company_stands_under_none():
    read = understood(COMPANIES, ["Firma", "Name", "Mail"], [None, "Jo Probe", "jo@example.org"])
    [company] = read.companies
    assert company.value("name") is None
    assert company.mentors[0].value("first_name") == "Jo"


def test_what_another_row_says_of_a_company_is_kept():
    read = understood(
        COMPANIES,
        ["Firma", "Webseite", "Mitarbeiter", "Name"],
        ["Werft", None, "12", "Jo Probe"],
        ["Werft", "www.example.org", "300", "Bo Probe"],
    )
    [werft] = read.companies
    assert werft.value("website") == "https://www.example.org"
    assert werft.value("size") == "small"
    assert "Mitarbeiter: 300" in "\n".join(werft.mentors[1].notes())


def test_a_mentor_in_two_companies_is_marked():
    rows = [["Werft", "Jo Probe", "jo@example.org"], ["Hotel", "Jo Probe", "jo@example.org"]]
    read = understood(COMPANIES, ["Firma", "Name", "Mail"], *rows)
    assert read.companies[1].mentors[0].twice_of == 2

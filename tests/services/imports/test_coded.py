"""Lists in the columns of `tandem match` with contact data: all goes straight in, or nothing."""

import io

from tandem.models import ImportKind
from tandem.services.imports import is_coded, misread, understand
from tandem.services.tables import read_tables, write_csv, write_xlsx
from tests.services.imports.lists import people_of

MENTEES, COMPANIES = ImportKind.MENTEES, ImportKind.COMPANIES
MENTEE = {
    "id": "E1", "first_name": "Jo", "last_name": "Probe", "email": "jo@example.org",
    "sectors": "86|R", "occupation": "2212", "past_occupation": "3221", "level": 7,
    "fields": "0912", "recognition": "partial", "languages": "de:B2|ar:C2", "place": "01067",
    "reach_km": 25, "modes": "in_person|online", "slots": "mo-am|tu-eve", "gender": "f",
    "same_gender": "yes", "needs": "network|interview",
}  # fmt: skip
MENTOR = {
    "id": "M1", "company": "Werft", "first_name": "Bo", "last_name": "=Muster",
    "email": "bo@example.org", "sectors": "30", "occupation": "2144", "recognition": "214|215",
    "languages": "de:C2", "place": "25541", "capacity": 2, "offers": "network",
}  # fmt: skip


def read(kind, *rows, as_csv=True):
    file = io.BytesIO()
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    if as_csv:
        write_csv(file, table)
    else:
        write_xlsx(file, {"People": table})
    return understand(read_tables(file.getvalue()), kind, answers={})


def values(understanding):
    [person] = people_of(understanding)
    return {name: known.value for name, known in person.fields.items()}


def test_a_mentee_in_codes_is_read_exactly_from_both_formats():
    for as_csv in (True, False):
        understanding = read(MENTEES, MENTEE, as_csv=as_csv)
        assert is_coded(understanding, MENTEES)
        assert misread(understanding, MENTEES) == []
        assert values(understanding) == {
            "first_name": "Jo", "last_name": "Probe", "email": "jo@example.org",
            "sectors": ["86", "R"], "occupation": "2212", "past_occupation": "3221", "level": 7,
            "fields": ["0912"], "recognition": "partial", "languages": {"de": "B2", "ar": "C2"},
            "postal_code": "01067", "reach_km": 25, "modes": ["in_person", "online"],
            "slots": ["mo-am", "tu-eve"], "gender": "f", "same_gender": True,
            "topics": ["network", "interview"],
        }  # fmt: skip


def test_a_mentor_in_codes_is_read_exactly():
    understanding = read(COMPANIES, MENTOR)
    assert is_coded(understanding, COMPANIES)
    assert misread(understanding, COMPANIES) == []
    assert values(understanding) == {
        "first_name": "Bo", "last_name": "=Muster", "email": "bo@example.org", "sectors": ["30"],
        "occupation": "2144", "recognition_paths": ["214", "215"], "languages": {"de": "C2"},
        "postal_code": "25541", "capacity": 2, "topics": ["network"],
    }  # fmt: skip
    assert understanding.companies[0].value("sector") == "30"


def test_every_cell_that_is_no_code_is_a_problem_of_the_whole_list():
    bad = MENTEE | {
        "id": "E2",
        "languages": "de:gut",
        "level": "hoch",
        "email": "",
        "place": "Dorf",
    }
    found = misread(read(MENTEES, MENTEE, bad), MENTEES)
    assert sorted((one.line, one.column, one.text) for one in found) == [
        (3, "email", ""),
        (3, "languages", "de:gut"),
        (3, "level", "hoch"),
        (3, "place", "Dorf"),
    ]
    assert {one.column: one.expected for one in found}["level"] == "a whole number from 1 to 8"


def test_a_row_that_names_nobody_is_a_problem():
    nobody = dict.fromkeys(MENTEE, "") | {"id": "E2", "languages": "de:B1"}
    [found] = misread(read(MENTEES, MENTEE, nobody), MENTEES)
    assert (found.line, found.column, found.text) == (3, "row", "E2 | de:B1")


def test_a_list_in_words_is_not_taken_for_one_in_codes():
    rows = [{"Name": "Jo Probe", "Sprachen": "Deutsch gut", "Abschluss": "Dr."}]
    assert not is_coded(read(MENTEES, *rows), MENTEES)

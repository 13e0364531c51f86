"""The coordinator's lists that lie beside the project, where they are there."""

from pathlib import Path

import pytest

from tandem.models import ImportKind
from tandem.services.imports import accepts, guess_kind, understand
from tandem.services.tables import read_path
from tests.services.imports.lists import lost, people_of

LISTS = Path(__file__).parents[4] / "shared" / "data" / "lists"
pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="the shared lists are not here")


def read(name):
    sheets = read_path(LISTS / name)
    kind = guess_kind(sheets)
    return kind, sheets, understand(sheets, kind)


def known(people, field):
    return sum(1 for person in people if person.value(field) not in (None, {}, []))


def test_the_mentees_are_understood_and_nothing_is_lost():
    kind, sheets, understanding = read("mentees.xlsx")
    people = understanding.people
    assert kind is ImportKind.MENTEES
    assert len(people) == 46
    assert [person.line for person in people if person.twice_of] == [20]
    assert {
        field: known(people, field) for field in ("last_name", "first_name", "postal_code")
    } == {
        "last_name": 46,
        "first_name": 46,
        "postal_code": 46,
    }
    assert known(people, "email") >= 35
    assert known(people, "past_occupation") >= 30
    assert lost(understanding, next(one for one in sheets if one.name == understanding.sheet)) == []
    assert [(one.name, one.rows) for one in understanding.other_sheets] == [("alt 2025", 1)]


def test_the_companies_are_understood_and_nothing_is_lost():
    kind, sheets, understanding = read("companies.xlsx")
    mentors = people_of(understanding)
    assert kind is ImportKind.COMPANIES
    assert (len(understanding.companies), len(mentors)) == (11, 26)
    assert known(mentors, "email") == known(mentors, "postal_code") == 26
    assert known(mentors, "job_title") == known(mentors, "gender") == 26
    assert sum("sector_differs" in mentor.remarks for mentor in mentors) == 1
    assert lost(understanding, sheets[0]) == []


@pytest.mark.parametrize("name", ["mentees.xlsx", "companies.xlsx"])
def test_with_every_question_answered_nothing_is_asked_again(name):
    kind, sheets, understanding = read(name)
    assert understanding.questions
    assert all(
        accepts(one.field, value) for one in understanding.questions for value in one.offered
    )
    answers = {one.key: one.offered[0] if one.offered else None for one in understanding.questions}
    again = understand(sheets, kind, answers=answers)
    assert again.questions == ()
    assert len(people_of(again)) == len(people_of(understanding))
    assert known(people_of(again), "languages") > known(people_of(understanding), "languages") - 1
    assert lost(again, next(one for one in sheets if one.name == again.sheet)) == []

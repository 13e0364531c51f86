"""People as files: what was exported and is imported again says the same."""

import io

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed
from tandem.models import ImportKind, Look, Side
from tandem.services import exports
from tandem.services.imports import is_coded, misread, understand
from tandem.services.people import Search
from tandem.services.tables import read_tables, write_csv, write_xlsx
from tests.services.imports.lists import people_of

KINDS = {Side.MENTEE: ImportKind.MENTEES, Side.MENTOR: ImportKind.COMPANIES}


@pytest.fixture
def rows(session, programme, coordinator):
    def of(one, **search):
        found = exports.people_rows(
            session, programme, Search(**search), side=one, actor=coordinator
        )
        return [list(row) for row in found]

    return of


def read_again(rows, side, as_csv):
    file = io.BytesIO()
    if as_csv:
        write_csv(file, rows)
    else:
        write_xlsx(file, {"People": rows})
    return understand(read_tables(file.getvalue()), KINDS[side], answers={})


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_mentee_comes_back_as_they_were(make, programme, rows, as_csv):
    account = make.account(first_name="=Rima", last_name="O'Azizi-Özdemir")
    said = {
        "sectors": ["86", "43"], "occupation": "2212", "past_occupation": "3221", "level": 7,
        "fields": ["0912"], "recognition": "partial", "postal_code": "01067", "reach_km": 25,
        "modes": ["in_person", "online"], "slots": ["mo-am", "tu-eve"], "gender": "f",
        "same_gender": True, "topics": ["network", "interview"],
    }  # fmt: skip
    make.mentee(programme, account=account, languages={"de": "B2", "ar": "C2"}, **said)
    understanding = read_again(rows(Side.MENTEE), Side.MENTEE, as_csv)
    assert is_coded(understanding, ImportKind.MENTEES)
    assert misread(understanding, ImportKind.MENTEES) == []
    [person] = people_of(understanding)
    assert {name: known.value for name, known in person.fields.items()} == said | {
        "first_name": "=Rima",
        "last_name": "O'Azizi-Özdemir",
        "email": account.email,
        "languages": {"de": "B2", "ar": "C2"},
    }
    assert [each.label for each in person.left_over] == ["id"]


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_mentor_comes_back_as_they_were(make, programme, rows, as_csv):
    said = {
        "sectors": ["30"], "occupation": "2144", "level": 6, "fields": ["0715"],
        "recognition_paths": ["214", "215"], "postal_code": "25541", "reach_km": 0,
        "modes": ["online"], "slots": ["we-pm"], "gender": "m", "topics": ["network"],
        "capacity": 2, "prefer": ["occupation:22", "need:network"],
    }  # fmt: skip
    mentor = make.mentor(programme, languages={"de": "C2"}, **said)
    understanding = read_again(rows(Side.MENTOR), Side.MENTOR, as_csv)
    assert is_coded(understanding, ImportKind.COMPANIES)
    assert misread(understanding, ImportKind.COMPANIES) == []
    [company] = understanding.companies
    assert company.fields["name"].value == mentor.company.name
    [person] = company.mentors
    found = {name: known.value for name, known in person.fields.items()}
    assert {name: found[name] for name in said} == said
    assert found["languages"] == {"de": "C2"}
    assert [each.label for each in person.left_over] == ["id"]


def test_a_list_holds_who_was_looked_for_and_gaps_stay_empty(make, programme, rows):
    make.mentee(programme, account=make.account(last_name="Azizi"), state=None)
    make.mentee(programme, account=make.account(last_name="Haddad"))
    make.mentee(make.programme(), account=make.account(last_name="Azizi"))
    head, *found = rows(Side.MENTEE, name="azizi")
    assert [row[head.index("last_name")] for row in found] == ["Azizi"]
    assert found[0][head.index("occupation")] is None
    assert rows(Side.MENTEE, side=Side.MENTOR)[1:] == []


def test_an_export_is_a_look_at_everybody_in_it(make, session, programme, coordinator, rows):
    people = [make.mentee(programme) for _ in range(3)]
    rows(Side.MENTEE)
    looks = session.scalars(sa.select(Look).order_by(Look.mentee_id)).all()
    assert [look.mentee_id for look in looks] == [each.id for each in people]
    assert {look.account_id for look in looks} == {coordinator.id}


def test_only_the_coordination_takes_lists_along(make, session, programme):
    actor = make.mentee(programme).membership.account
    with pytest.raises(NotAllowed):
        list(exports.people_rows(session, programme, Search(), side=Side.MENTEE, actor=actor))
    with pytest.raises(NotAllowed):
        list(exports.company_rows(session, programme, actor=actor))

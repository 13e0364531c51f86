"""Lists as files on the pages: as they were looked for, in both formats, of one programme."""

import io

import pytest
from openpyxl import load_workbook

from tandem.models import TandemState
from tests.support import pairs, solving


@pytest.fixture
def take(coordinator, programme, sign_in):
    """Take a list along: as CSV its lines, as a workbook its sheets."""
    client = sign_in(coordinator)

    def along(path, **arguments):
        answer = client.get(f"/{programme.slug}/{path}", query_string=arguments)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        if arguments.get("format") == "csv":
            assert answer.mimetype == "text/csv"
            return [line.split(";") for line in answer.data.decode("utf-8-sig").splitlines()]
        sheets = load_workbook(io.BytesIO(answer.data)).worksheets
        return {sheet.title: [list(row) for row in sheet.values] for sheet in sheets}

    return along


def test_people_are_taken_along_as_they_were_looked_for(make, programme, take):
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"))
    make.mentor(programme, account=make.account(first_name="Uwe", last_name="Azizi"))
    make.mentee(programme, account=make.account(last_name="Haddad"))
    sheets = take("people/list", name="azizi")
    assert {name: len(rows) for name, rows in sheets.items()} == {"Mentees": 2, "Mentors": 2}
    head, row = take("people/list", name="azizi", side="mentor", format="csv")
    assert row[head.index("first_name")] == "Uwe"


def test_companies_tandems_and_proposals_are_taken_along(
    make, session, programme, coordinator, take
):
    company = make.company(programme, name="=Werft")
    mentor, mentee = make.mentor(programme, company=company, capacity=2), make.mentee(programme)
    pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    waiting = make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    make.company(make.programme(), name="Elsewhere")
    [[head, row]] = take("exports/companies").values()
    assert dict(zip(head, row, strict=True)) | {"Company": "=Werft", "Mentors": 1} == dict(
        zip(head, row, strict=True)
    )
    head, row = take("exports/tandems", view="running", format="csv")
    assert row[:4] == [mentee.name, mentor.name, "'=Werft", "Running"]
    head, row = take(f"exports/{round_.key}/proposals", format="csv")
    assert row[:5] == [waiting.name, mentor.name, "'=Werft", str(proposal.score), "Undecided"]
    assert sum(int(points) for points in row[5:]) == proposal.score


def test_a_senseless_search_and_an_unsolved_round_give_nothing(
    make, programme, coordinator, sign_in
):
    client = sign_in(coordinator)
    assert client.get(f"/{programme.slug}/people/list?side=x").status_code == 404
    round_ = make.round(programme)
    assert client.get(f"/{programme.slug}/exports/{round_.key}/proposals").status_code == 404

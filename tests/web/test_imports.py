"""Pages about lists: from the file to people, as a coordinator sees it."""

import io

import pytest
import sqlalchemy as sa

from tandem.models import Import, ImportKind, ImportState, Mentee, Note
from tandem.services import intake
from tandem.services.tables import FOR_PAGES
from tests.support import lists


@pytest.fixture
def actor(make, programme):
    return make.coordinator(programme, first_name="Maren")


@pytest.fixture
def here(programme):
    return f"/{programme.slug}/imports/"


@pytest.fixture
def desk(sign_in, actor):
    return sign_in(actor)


@pytest.fixture
def asked(session, programme, actor):
    lists.bring(session, programme, actor)
    return lists.read(session)


def send(desk, here, content, name="Liste.csv", kind="mentees"):
    return desk.submit(here, {"kind": kind, "file": (io.BytesIO(content), name)})


def test_a_file_is_sent_and_followed(session, desk, here):
    page = send(desk, here, lists.as_csv(lists.MENTEES))
    assert "Your list is being read" in page.text
    import_ = session.scalars(sa.select(Import)).one()
    assert desk.get(f"{here}{import_.key}/progress").json["solving"] is True
    lists.read(session)
    assert desk.get(f"{here}{import_.key}/progress").json["solving"] is False
    assert "What we understood" in desk.get(f"{here}{import_.key}").text


def test_a_large_file_is_let_in_and_a_larger_one_is_not(session, desk, here):
    rows = [lists.MENTEES[1], *[("Nur, Ali", "", "25746", "B1", "", "x" * 300, "")] * 500]
    assert send(desk, here, lists.as_csv(rows)).status_code == 200
    assert session.scalars(sa.select(Import)).one().state is ImportState.QUEUED
    response = desk.post(
        here,
        data=b"--x",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(FOR_PAGES.file_bytes + 2**20)},
    )
    assert response.status_code == 413


def test_others_have_no_room_for_files(make, programme, sign_in, here):
    client = sign_in(make.mentee(programme).membership.account)
    content = b"x" * 200_000
    response = client.post(here, data={"file": (io.BytesIO(content), "x.csv")})
    assert response.status_code == 413


def test_no_file_is_said_beside_the_field(desk, here):
    response = desk.submit(here)
    assert response.status_code == 422
    assert "Please choose a file." in response.text


def test_it_shows_what_stood_there_beside_what_was_understood(desk, here, asked):
    page = desk.get(f"{here}{asked.key}").text
    assert "Rima Haddad" in page
    assert "a question is open" in page
    assert "1 question" in page
    assert "Bemerkung: kommt gern" in page
    assert "Unsere Liste" in page
    assert "Emre Kaya" in desk.get(f"{here}{asked.key}/rows").text


def test_a_question_is_answered_once_and_remembered(session, desk, here, asked):
    page = desk.submit(f"{here}{asked.key}/questions", {"q0": '"B1"'})
    assert "Your list is being read" in page.text
    lists.read(session)
    assert "question is open" not in desk.get(f"{here}{asked.key}").text
    assert "gut" in desk.get(f"{here}readings").text
    page = desk.submit(f"{here}readings", action=f"{here}readings/forget")
    assert "Nothing yet." in page.text


def test_an_open_question_may_stay_open(session, desk, here, asked):
    desk.submit(f"{here}{asked.key}/questions")
    assert session.get_one(Import, asked.id).state is ImportState.ASKING


def test_a_column_is_corrected(session, desk, here, asked):
    desk.submit(f"{here}{asked.key}/columns", {"c5": "about"})
    import_ = lists.read(session)
    understanding = intake.understanding_of(intake.read_plain(session, import_))
    assert understanding.people[0].value("about") == "kommt gern"
    assert understanding.header_line == 2


def test_a_list_may_have_no_headings(session, desk, here, asked):
    desk.submit(f"{here}{asked.key}/columns", {"header_line": ""})
    import_ = lists.read(session)
    understanding = intake.understanding_of(intake.read_plain(session, import_))
    assert {column.label for column in understanding.columns} == {""}
    assert desk.get(f"{here}{asked.key}/columns").status_code == 200


def test_who_asks_for_a_role_that_is_none_is_refused(desk, here, asked):
    response = desk.submit(f"{here}{asked.key}/columns", {"c5": "password_hash"})
    assert response.status_code == 422


def test_a_double_is_somebody_else_if_the_coordinator_says_so(session, make, programme, desk, here):
    known = make.mentee(
        programme, account=make.account(first_name="Emre", last_name="Kaya"), postal_code="25541"
    )
    actor = make.coordinator(programme)
    lists.bring(session, programme, actor)
    import_ = lists.read(session)
    page = desk.get(f"{here}{import_.key}/doubles").text
    assert known.key in page
    assert "a similar name and the same place as somebody in the programme" in page
    desk.submit(f"{here}{import_.key}/doubles", {"d4": "take"})
    choices = intake.choices_of(session.get_one(Import, import_.id))
    assert choices.doubles == {4: intake.Double.TAKE, 5: intake.Double.NOTE}


def test_companies_get_what_they_miss(session, programme, actor, desk, here):
    lists.bring(session, programme, actor, rows=lists.COMPANIES, kind=ImportKind.COMPANIES)
    import_ = lists.read(session)
    url = f"{here}{import_.key}/companies"
    assert "Sector of Hotel am Deich" in desk.get(url).text
    assert "Take in 3 people" in desk.submit(url, {"sector4": "55"}).text


def test_everybody_is_taken_in_and_the_list_forgotten(session, programme, desk, here, asked):
    page = desk.submit(f"{here}{asked.key}", action=f"/{programme.slug}/imports/{asked.key}/take")
    assert "People are being taken in" in page.text
    lists.work_in(session)
    page = desk.get(f"{here}{asked.key}").text
    assert "The list is taken over" in page
    assert "Rima" not in page
    assert len(session.scalars(sa.select(Mentee)).all()) == 2
    desk.submit(f"{here}{asked.key}", action=f"/{programme.slug}/imports/{asked.key}/undo")
    assert session.scalars(sa.select(Mentee)).all() == []
    assert session.scalars(sa.select(Note)).all() == []


def test_dropping_leads_back(session, programme, desk, here, asked):
    action = f"/{programme.slug}/imports/{asked.key}/drop"
    assert "The list is discarded" in desk.submit(f"{here}{asked.key}", action=action).text
    assert "This list was discarded" in desk.get(f"{here}{asked.key}").text
    assert desk.get(f"{here}{asked.key}/columns").status_code == 404


def test_every_problem_of_a_list_in_codes_stands_on_one_page(session, programme, actor, desk, here):
    header = ("id", "first_name", "last_name", "email", "languages", "occupation", "level")
    bad = ("2", "Eva", "", "eva@people.example", "de:B7", "22219", "4")
    lists.bring(session, programme, actor, rows=[header, bad])
    page = desk.get(f"{here}{lists.read(session).key}").text
    assert "languages" in page
    assert "last_name" in page
    assert "Take in" not in page


def test_a_file_that_is_none_says_why(session, desk, here):
    send(desk, here, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, name="alt.xls")
    import_ = lists.read(session)
    assert "Save it as .xlsx." in desk.get(f"{here}{import_.key}").text


def test_pages_of_a_long_list_need_few_statements(session, programme, actor, desk, here):
    rows = [lists.MENTEES[1]]
    rows += [(f"Nur{n}, Ali", "", "25746", f"gut {n}", "", "", "") for n in range(80)]
    lists.bring(session, programme, actor, rows=rows)
    import_ = lists.read(session)
    for page in ("", "/rows?page=2", "/questions?page=3", "/columns"):
        assert desk.get(f"{here}{import_.key}{page}").status_code == 200

"""The public pages of a programme, and where things stand."""

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tandem.extensions import db
from tandem.models import CompanyState, ProfileState, TandemState
from tests.support import pairs


@pytest.fixture
def programme(make):
    return make.programme(
        slug="heide", default_locale="en", place_name="Kreis Test", region="Testland"
    )


def home(sign_in, person):
    return sign_in(person.membership.account).get("/heide/home")


def test_the_only_programme_is_the_start(client, programme):
    response = client.get("/")
    assert (response.status_code, response.location) == (303, "/heide/")


def test_several_programmes_are_listed(client, make, programme):
    other = make.programme(slug="kiel", place_name="Kiel <an der> Förde")
    page = client.get("/").text
    assert 'href="/heide/"' in page
    assert 'href="/kiel/"' in page
    assert "Kiel &lt;an der&gt; Förde" in page
    assert other.name in page


def test_without_a_programme_the_start_says_so(client):
    assert "There is no programme here yet." in client.get("/?lang=en").text


def test_the_start_page_opens_two_doors(client, programme):
    page = client.get("/heide/?lang=en").text
    assert 'href="/heide/mentees/register"' in page
    assert 'href="/heide/companies/register"' in page
    assert "new in Testland?" in page


@pytest.mark.parametrize("page", ["imprint", "privacy", "accessibility", "check-mail", ""])
def test_public_pages_open_for_everyone_in_each_language(client, programme, page):
    for language in ("de", "en"):
        assert client.get(f"/heide/{page}?lang={language}").status_code == 200


@pytest.mark.parametrize("page", ["imprint", "privacy", "accessibility"])
def test_legal_pages_name_whom_to_ask(client, programme, page):
    text = client.get(f"/heide/{page}").text
    assert programme.contact_email in text


def test_an_unknown_programme_is_not_there(client, programme):
    for path in ("/nowhere/", "/nowhere/imprint", "/heide/nothing", "/ä/"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (None, "Tell us about yourself."),
        (ProfileState.SUBMITTED, "We are reading your profile."),
        (ProfileState.RETURNED, "We have a question about your profile."),
        (ProfileState.DECLINED, "We cannot take you into the programme."),
        (ProfileState.APPROVED, "We are looking for a mentor for you."),
        (ProfileState.PAUSED, "You are taking a break."),
    ],
)
def test_home_says_where_a_mentee_stands(sign_in, make, programme, state, sentence):
    assert sentence in home(sign_in, make.mentee(programme, state=state)).text


def test_home_shows_what_the_coordination_asks(sign_in, make, programme):
    mentee = make.mentee(programme, state=None)
    profile = make.profile(mentee, state=ProfileState.RETURNED)
    profile.decision_reason = "Which town do you mean?"
    make.save(profile)
    assert "Which town do you mean?" in home(sign_in, mentee).text


def test_home_tells_a_mentor_that_the_company_waits(sign_in, make, programme):
    company = make.company(programme, state=CompanyState.REGISTERED)
    page = home(sign_in, make.mentor(programme, company=company)).text
    assert "We are getting to know your company." in page


@pytest.mark.parametrize(
    ("state", "sentence", "note"),
    [
        (TandemState.INVITED, "We have a suggestion for you.", "Please answer by"),
        (TandemState.ACTIVE, "You are part of a tandem.", "Running"),
        (TandemState.PAUSED, "You are part of a tandem.", "Paused"),
        (TandemState.COMPLETED, "We are looking for", "Completed"),
        (TandemState.ENDED_EARLY, "We are looking for", "Ended"),
    ],
)
def test_home_leads_both_to_their_tandem(  # a state, what is said of it, and its note
    sign_in, make, programme, state, sentence, note
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    tandem = pairs.tandem(make, mentor, mentee, state)
    for person in (mentor, mentee):
        page = home(sign_in, person).text
        assert sentence in page
        assert note in page
        assert f"/heide/tandems/{tandem.key}" in page


def test_home_waits_with_who_said_yes(sign_in, make, session, programme):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    tandem = pairs.invited(make, mentor, mentee)
    tandem.mentee_yes_at = tandem.created_at
    make.save(tandem)
    page = home(sign_in, mentee).text
    assert "You said yes." in page
    assert "We are waiting for the other answer." in page


def test_before_both_said_yes_home_shows_a_first_name_only(sign_in, make, programme):
    """TRUST A4."""
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    pairs.invited(make, mentor, mentee)
    page = home(sign_in, mentee).text
    assert mentor.first_name in page
    assert mentor.membership.account.last_name not in page
    assert mentor.company.name not in page


def test_home_needs_few_statements_whatever_the_number_of_tandems(
    app, sign_in, make, session, programme
):
    mentor = make.mentor(programme, capacity=4)
    client = sign_in(mentor.membership.account)
    for _ in range(4):
        pairs.invited(make, mentor, make.mentee(programme))
    statements = []
    with app.app_context():
        engine = db.engine

    def count(*args):
        statements.append(args[2])

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get("/heide/home").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    selects = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(selects) <= 12, selects


def test_a_coordinator_has_no_home(sign_in, make, programme):
    assert sign_in(make.coordinator(programme)).get("/heide/home").status_code == 403


def test_home_of_another_programme_is_not_there(sign_in, make, programme):
    mentee = make.mentee(make.programme())
    assert home(sign_in, mentee).status_code == 404


def test_looking_home_changes_nothing(session, sign_in, make, programme):
    mentee = make.mentee(programme, state=None)
    tables = sa.inspect(session.connection()).get_table_names()

    def rows():
        return {
            table: session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar()
            for table in tables
        }

    client = sign_in(mentee.membership.account)
    before = rows()
    client.get("/heide/home")
    assert rows() == before

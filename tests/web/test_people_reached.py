"""How people without an account are reached, and marked so wherever they are listed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.models import Mail, Side, TandemState
from tandem.services import desk, entering
from tandem.services.permissions import is_called
from tandem.services.programmes import today
from tests.support import called, pairs
from tests.support.counting import statements

MARK = "no e-mail: please call"


@pytest.fixture
def programme(make):
    return make.programme(contact_name="Frau Beispiel", contact_phone="0481 123")


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme, first_name="Uta", last_name="Amt")


@pytest.fixture
def client(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def listed(session, make, programme, coordinator):
    """Somebody from a list, with neither an address nor the notice."""
    person = entering.Entry(first_name="Rima", last_name="Ohne", email="", locale="de")
    draft = desk.DeskDraft(side=Side.MENTEE, person=person)
    mentee = desk.enter_at_desk(session, draft, programme=programme, actor=coordinator)
    mentee.informed_at = None
    make.profile(mentee)
    return make.save(mentee)


@pytest.fixture
def tandem(make, programme, coordinator):
    account = make.account(first_name="Rima", last_name="Ohne")
    mentee = called.without_address(make, make.mentee(programme, account=account))
    return pairs.invited(make, make.mentor(programme), mentee, by=coordinator)


def of(programme, person, action=""):
    return f"/{programme.slug}/people/{person.key}{action}"


def test_the_day_of_the_notice_lets_somebody_take_part(client, session, programme, listed):
    assert "Takes no part yet" in client.get(of(programme, listed)).text
    day = today(programme) - timedelta(days=1)
    page, action = of(programme, listed, "/reach"), of(programme, listed, "/reach/notice")
    answer = client.submit(page, {"given_on": day.isoformat()}, action=action)
    assert "takes part; please call instead of writing" in answer.text
    session.expire_all()
    assert is_called(listed)
    assert MARK in client.get(f"/{programme.slug}/people/").text
    assert MARK in client.get(of(programme, listed)).text


@pytest.mark.parametrize("day", ["", "1999-01-01", "2999-01-01", "soon"])
def test_a_day_that_cannot_be_is_refused(client, programme, listed, day):
    page, action = of(programme, listed, "/reach"), of(programme, listed, "/reach/notice")
    assert client.submit(page, {"given_on": day}, action=action).status_code == 422
    assert listed.informed_at is None


def test_an_address_is_entered_and_the_link_sent(client, session, programme, listed):
    page, action = of(programme, listed, "/reach"), of(programme, listed, "/reach/address")
    assert client.submit(page, {"email": "at"}, action=action).status_code == 422
    client.submit(page, {"email": "rima@post.example"}, action=action)
    assert session.scalars(sa.select(Mail.to_address)).one() == "rima@post.example"
    text = client.get(page).text
    assert "rima@post.example" in text
    assert 'type="email"' not in text
    token = {"csrf_token": "x", "email": "again@post.example"}
    assert client.post(action, data=token).status_code in {400, 409}


def test_an_address_of_somebody_else_leads_to_them(client, make, programme, listed):
    known = make.mentee(programme, account=make.account(email="known@post.example"))
    page, action = of(programme, listed, "/reach"), of(programme, listed, "/reach/address")
    answer = client.submit(page, {"email": "known@post.example"}, action=action)
    assert answer.status_code == 422
    assert known.key in answer.text


def test_whoever_has_taken_over_is_reached_as_they_wish(client, make, programme, listed):
    account = listed.membership.account
    account.confirmed_at = now()
    make.save(account)
    assert client.get(of(programme, listed, "/reach")).status_code == 303
    assert "How they are reached" not in client.get(of(programme, listed)).text


def said(client, programme, tandem, side=Side.MENTEE, **data):
    page = f"/{programme.slug}/tandems/{tandem.key}"
    return client.submit(page, data, action=f"{page}/said/{side.value}")


def test_a_yes_on_the_telephone_is_written_down(client, programme, tandem):
    answer = said(client, programme, tandem, answer="yes")
    assert "Written down, with your name" in answer.text
    assert "Uta Amt</bdi> wrote it down" in answer.text
    assert tandem.mentee_yes_at is not None
    assert "A yes is written down already." in answer.text


def test_a_no_on_the_telephone_ends_the_invitation(client, programme, tandem):
    answer = said(client, programme, tandem, answer="no", reason="Later, perhaps.")
    assert "Later, perhaps." in answer.text
    assert tandem.state is TandemState.DECLINED


def test_neither_yes_nor_no_is_asked_again(client, programme, tandem):
    assert said(client, programme, tandem).status_code == 422
    assert tandem.mentee_yes_at is None


def test_nothing_is_asked_of_the_side_that_signs_in(client, programme, tandem):
    page = f"/{programme.slug}/tandems/{tandem.key}"
    text = client.get(page).text
    assert f"{page}/said/mentee" in text
    assert f"{page}/said/mentor" not in text
    token = {"csrf_token": "x", "answer": "yes"}
    assert client.post(f"{page}/said/mentor", data=token).status_code in {400, 403}
    assert client.post(f"{page}/said/nobody", data=token).status_code in {400, 404}


def test_both_may_be_called(client, make, programme, coordinator):
    both = [
        called.without_address(make, person)
        for person in (make.mentor(programme), make.mentee(programme))
    ]
    tandem = pairs.invited(make, *both, by=coordinator)
    said(client, programme, tandem, Side.MENTEE, answer="yes")
    answer = said(client, programme, tandem, Side.MENTOR, answer="yes")
    assert "they are a tandem now" in answer.text
    assert ".invalid" not in answer.text


def test_lists_say_whom_to_call(client, programme, tandem):
    for page in ("/people/", "/tandems/", f"/tandems/{tandem.key}"):
        text = client.get(f"/{programme.slug}{page}").text
        assert MARK in text, page
        assert ".invalid" not in text


def test_the_record_asks_the_database_little(session, client, programme, tandem):
    said(client, programme, tandem, answer="yes")
    with statements(session) as asked:
        client.get(f"/{programme.slug}/tandems/{tandem.key}")
    assert len(asked) <= 12


def test_the_other_side_reads_whom_to_call(client, sign_in, make, programme, coordinator):
    mentee = called.without_address(make, make.mentee(programme))
    tandem = pairs.tandem(make, make.mentor(programme), mentee, TandemState.ACTIVE, by=coordinator)
    mentor, _ = pairs.accounts_of(tandem)
    text = sign_in(mentor).get(f"/{programme.slug}/tandems/{tandem.key}").text
    assert "has no e-mail address. Call us" in text
    assert "0481 123" in text
    assert "mailto:" not in text.partition("<main")[2].partition("</main")[0]
    assert ".invalid" not in text

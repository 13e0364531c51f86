"""The pages about mails: what can be turned off, and what did not arrive."""

import pytest
import sqlalchemy as sa

from tandem import mail as mails
from tandem.db import transaction
from tandem.models import Digest, Mail, MailState, Rhythm
from tandem.services import mails as outbox
from tandem.services.mails import Problem
from tandem.services.mails.stopping import ways_out
from tandem.web.mails import wording
from tests.conftest import SECRET
from tests.support import pairs

SAYS_NO = "no_mailbox: 550 5.1.1 no such user"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide", default_locale="en")


@pytest.fixture
def maren(make, programme):
    return make.coordinator(programme)


@pytest.fixture
def tandem(make, programme, maren):
    return pairs.invited(make, make.mentor(programme), make.mentee(programme), by=maren)


@pytest.fixture
def refused(session, make, tandem):
    """A mail to the mentee that was refused for good."""
    _, mentee = pairs.accounts_of(tandem)
    mail = session.scalars(sa.select(Mail).where(Mail.to_address == mentee.email)).one()
    mail.state, mail.due_at, mail.problem = MailState.FAILED, None, SAYS_NO
    return make.save(mail)


def test_a_mentee_turns_reminders_off_and_on(session, sign_in, tandem):
    _, mentee = pairs.accounts_of(tandem)
    client = sign_in(mentee)
    assert "Turn reminders off" in client.get("/heide/notices/").text
    for word, is_quiet in (("off", True), ("off", True), ("on", False)):
        client.submit("/heide/notices/", {"reminders": word}, action="/heide/notices/reminders")
        session.expire_all()
        [membership] = mentee.memberships
        assert (membership.quiet_at is not None) == is_quiet


def test_the_page_is_found_from_my_data(sign_in, tandem):
    mentor, _ = pairs.accounts_of(tandem)
    assert 'href="/heide/notices/"' in sign_in(mentor).get("/heide/my-data/").text


@pytest.mark.parametrize("rhythm", Rhythm)
def test_a_coordinator_chooses_how_often(session, sign_in, maren, rhythm):
    client = sign_in(maren)
    page, action = "/heide/notices/", "/heide/notices/rhythm"
    assert client.submit(page, {"rhythm": rhythm.value}, action=action).status_code == 200
    assert session.scalars(sa.select(Digest.rhythm)).one() is rhythm
    chosen = f'value="{rhythm.value}" checked'
    assert chosen in client.get("/heide/notices/").text


@pytest.mark.parametrize("rhythm", ["", "hourly"])
def test_no_other_rhythm_is_taken(session, sign_in, maren, rhythm):
    client = sign_in(maren)
    page, action = "/heide/notices/", "/heide/notices/rhythm"
    assert client.submit(page, {"rhythm": rhythm}, action=action).status_code == 422
    assert session.scalars(sa.select(Digest.rhythm)).all() == []


def test_what_did_not_arrive_says_whom_to_call_and_why(sign_in, maren, tandem, refused):
    text = sign_in(maren).get("/heide/mails/").text
    assert tandem.mentee.name in text
    assert f'href="/heide/people/{tandem.mentee.key}"' in text
    assert "Invitation to a tandem" in text
    assert "There is no mailbox at this address." in text
    assert "550 5.1.1 no such user" in text
    assert refused.text[:40] not in text


def test_it_is_sent_again_or_taken_off_the_list(session, sign_in, maren, refused):
    client = sign_in(maren)
    client.submit("/heide/mails/", action=f"/heide/mails/{refused.key}/again")
    again = session.scalars(sa.select(Mail).order_by(Mail.id.desc())).first()
    assert (again.state, again.subject) == (MailState.QUEUED, refused.subject)
    assert "All e-mails have arrived" in client.get("/heide/mails/").text


def test_it_is_taken_off_the_list(session, sign_in, maren, refused):
    client = sign_in(maren)
    before = session.scalar(sa.select(sa.func.count(Mail.id)))
    client.submit("/heide/mails/", action=f"/heide/mails/{refused.key}/settle")
    assert "All e-mails have arrived" in client.get("/heide/mails/").text
    assert session.scalar(sa.select(sa.func.count(Mail.id))) == before


def test_today_leads_to_what_did_not_arrive(sign_in, maren, refused):
    assert 'href="/heide/mails/"' in sign_in(maren).get("/heide/today/").text


def test_every_kind_of_mail_and_every_problem_has_words():
    assert wording.KINDS.keys() == mails.KINDS.keys()
    assert wording.WHY.keys() == set(Problem)


@pytest.fixture
def stop_link(session, programme):
    """The address in the header of a mail of some kind to somebody."""

    def of(kind, to, **values):
        with transaction(session):
            outbox.queue_mail(session, kind, to, programme=programme, about="1", **values)
        letter = session.scalars(sa.select(Mail).where(Mail.kind == kind)).one()
        ways = ways_out(letter, programme, base="https://x.example", secret_key=SECRET)
        return ways["List-Unsubscribe"].partition(">")[0].removeprefix("<https://x.example")

    return of


REMINDER = {"tandem_key": "k", "other_first_name": "Uwe", "last_day": "x", "reader": "mentee"}
CLICK = {"List-Unsubscribe": "One-Click"}


def test_one_click_in_a_mail_program_stops_reminders(session, client, tandem, stop_link):
    _, mentee = pairs.accounts_of(tandem)
    page = stop_link("invitation_reminder", mentee, **REMINDER)
    assert "Turn reminders off?" in client.get(page).text
    assert client.post(page).status_code == 200
    session.expire_all()
    assert mentee.memberships[0].quiet_at is None
    for _ in range(2):
        answer = client.post(page, data=CLICK)
        assert answer.status_code == 200
        assert "Reminders are off." in answer.text
        assert mentee.first_name not in answer.text
    session.expire_all()
    assert mentee.memberships[0].quiet_at is not None


def test_one_click_stops_what_coordinators_are_told(session, client, tandem, maren, stop_link):
    page = stop_link("digest", maren, lines=[], count=1)
    assert "You get no more of these e-mails." in client.post(page, data=CLICK).text
    assert session.scalars(sa.select(Digest.rhythm)).one() is Rhythm.NEVER


@pytest.mark.parametrize("wrong", ["none.none", "none", "{key}.", "{key}.%E2%82%AC", "{other}"])
def test_a_link_that_nobody_sent_stops_nothing(
    session, client, tandem, maren, stop_link, programme, wrong
):
    _, mentee = pairs.accounts_of(tandem)
    page = stop_link("invitation_reminder", mentee, **REMINDER)
    key, _, secret = page.rpartition("/")[2].partition(".")
    other = stop_link("digest", maren, lines=[], count=1).rpartition("/")[2].partition(".")[0]
    link = wrong.format(key=key, other=f"{other}.{secret}")
    for answer in (client.get, client.post):
        assert answer(f"/heide/notices/stop/{link}").status_code == 410
    assert client.post(f"/heide/notices/stop/{link}", data=CLICK).status_code == 410
    session.expire_all()
    assert mentee.memberships[0].quiet_at is None


def test_a_link_of_another_programme_stops_nothing(make, client, tandem, stop_link):
    _, mentee = pairs.accounts_of(tandem)
    there = make.programme(slug="husum")
    page = stop_link("invitation_reminder", mentee, **REMINDER)
    assert client.post(page.replace("/heide/", f"/{there.slug}/"), data=CLICK).status_code == 410


def test_who_left_is_answered_and_nothing_happens(make, client, tandem, stop_link):
    _, mentee = pairs.accounts_of(tandem)
    page = stop_link("invitation_reminder", mentee, **REMINDER)
    mentee.disabled_at = mentee.confirmed_at
    make.save(mentee)
    assert client.post(page, data=CLICK).status_code == 410

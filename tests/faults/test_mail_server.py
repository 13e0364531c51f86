"""A mail server that refuses, delays, drops or is not there, and mails all the same (E12, F)."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.config import Settings
from tandem.db import transaction
from tandem.models import Mail, MailState, Role
from tandem.services import accounts, mails, smtp
from tandem.services.mails import Problem
from tandem.work import LostClaim, claim
from tests.support import mail_server
from tests.support.clocks import stopped

SETTINGS = Settings(
    secret_key="only for this test", database_url="", public_base_url="https://tandem.example"
)
SHORT = smtp.Patience(answer=0.3, mail=0.6)
A_DAY = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def queue(session, make, programme):
    """Write a mail to each address."""

    def queue(*addresses, kind="tandem_left"):
        for address in addresses:
            person = make.account(email=address)
            with transaction(session):
                mails.queue_mail(session, kind, person, programme=programme, about="x")

    return queue


@pytest.fixture
def carry(session):
    """Send what is due, as the worker does, until nothing is; return how often it was tried."""

    def carry(url, *, patience=SHORT):
        tried = 0
        while work := claim(session, Mail, now=now(), lease=mails.LEASE):
            deliver = smtp.delivery(url, patience)
            mails.send(session, work, settings=SETTINGS, deliver=deliver)
            tried += 1
        return tried

    return carry


def state_of(session, address):
    session.expire_all()
    mail = session.scalars(sa.select(Mail).where(Mail.to_address == address)).one()
    return mail.state, mails.problem_of(mail) if mail.problem else None


QUEUED, SENT, FAILED = MailState.QUEUED, MailState.SENT, MailState.FAILED


def test_it_takes_a_mail_as_it_was_written(session, queue, carry):
    queue("rima@people.example")
    with mail_server.running() as server:
        carry(server.url)
        [message] = server.handler.taken
    assert message["To"] == "rima@people.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert "https://tandem.example/heide/home" in message.get_body(("plain",)).get_content()
    assert "https://tandem.example/heide/home" in message.get_body(("html",)).get_content()
    assert state_of(session, "rima@people.example") == (SENT, None)


AT_RCPT = {
    "550 5.1.1 no such user": (FAILED, Problem.NO_MAILBOX),
    "552 5.2.2 over quota": (FAILED, Problem.MAILBOX_FULL),
    "550 5.7.1 not from you": (FAILED, Problem.NOT_WANTED),
    "554 no": (FAILED, Problem.OTHER),
    "450 greylisted, come back": (QUEUED, Problem.LATER),
    "452 4.2.2 full for now": (QUEUED, Problem.LATER),
}
AT_DATA = {
    "554 5.7.1 looks like spam": (FAILED, Problem.NOT_WANTED),
    "552 5.3.4 too large": (FAILED, Problem.TOO_LARGE),
    "451 not now": (QUEUED, Problem.LATER),
}


def test_a_refusal_touches_nobody_else(session, queue, carry):
    """Before, between and after good addresses stand all that are refused, in each way."""
    with mail_server.running() as server:
        handler = server.handler
        outcome: dict[str, tuple[MailState, Problem | None]] = {}
        cases = [
            (table, case)
            for table, cases in ((handler.at_rcpt, AT_RCPT), (handler.at_data, AT_DATA))
            for case in cases.items()
        ]
        for number, (table, (answer, state)) in enumerate(cases):
            bad, good = f"bad{number}@people.example", f"good{number}@people.example"
            table[bad] = answer
            outcome |= {bad: state, good: (SENT, None)}
            queue(bad, good)
        assert carry(server.url) == len(outcome)
        assert {each: state_of(session, each) for each in outcome} == outcome
        assert sorted(each["To"] for each in handler.taken) == sorted(
            address for address, (state, _) in outcome.items() if state is SENT
        )


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("too_slow", Problem.TOO_SLOW),
        ("drips", Problem.BROKE_OFF),
        ("drops", Problem.BROKE_OFF),
    ],
)
def test_a_server_that_stalls_or_drops_gets_the_mail_later(
    session, queue, carry, way, problem, monkeypatch
):
    clock = stopped(monkeypatch, A_DAY)
    with mail_server.running() as server:
        difficult = getattr(server.handler, way)
        difficult.add("slow@people.example")
        queue("slow@people.example", "quick@people.example")
        carry(server.url)
        assert state_of(session, "slow@people.example") == (QUEUED, problem)
        assert state_of(session, "quick@people.example") == (SENT, None)
        difficult.clear()
        clock.moment += timedelta(minutes=1)
        carry(server.url)
        assert state_of(session, "slow@people.example") == (SENT, None)
        assert [each["To"] for each in server.handler.taken] == [
            "quick@people.example",
            "slow@people.example",
        ]


def test_what_was_taken_without_a_word_is_sent_again_under_the_same_id(
    session, queue, carry, monkeypatch
):
    """At least once: the other side can tell by the Message-ID that it is the same mail."""
    clock = stopped(monkeypatch, A_DAY)
    with mail_server.running() as server:
        server.handler.takes_and_drops.add("rima@people.example")
        queue("rima@people.example")
        carry(server.url)
        assert state_of(session, "rima@people.example") == (QUEUED, Problem.BROKE_OFF)
        clock.moment += timedelta(minutes=1)
        carry(server.url)
        first, second = server.handler.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
    assert state_of(session, "rima@people.example") == (SENT, None)


def test_a_server_that_is_down_for_a_day_loses_nothing_and_sends_nothing_twice(
    session, queue, carry, monkeypatch
):
    clock = stopped(monkeypatch, A_DAY)
    port = mail_server.free_port()
    url = f"smtp://localhost:{port}"
    addresses = [f"person-{number}@people.example" for number in range(5)]
    queue(*addresses)
    tried = 0
    while clock.moment < A_DAY + timedelta(days=1):
        tried += carry(url)
        assert {state_of(session, each) for each in addresses} == {(QUEUED, Problem.NOT_REACHED)}
        clock.moment += timedelta(minutes=20)
    assert tried == 5 * 3 * 24
    with mail_server.running(port=port) as server:
        clock.moment += timedelta(minutes=20)
        carry(url)
        assert sorted(each["To"] for each in server.handler.taken) == addresses
        carry(url)
        assert len(set(server.message_ids)) == len(server.message_ids) == len(addresses)


def test_after_two_days_without_a_server_the_coordination_learns_of_it(
    session, make, programme, queue, carry, monkeypatch
):
    clock = stopped(monkeypatch, A_DAY)
    url = f"smtp://localhost:{mail_server.free_port()}"
    queue("rima@people.example")
    while clock.moment <= A_DAY + timedelta(hours=49):
        carry(url)
        clock.moment += timedelta(hours=1)
    assert state_of(session, "rima@people.example") == (FAILED, Problem.NOT_REACHED)
    coordinator = make.coordinator(programme)
    [failed] = mails.list_failed(session, programme, actor=coordinator)
    assert (failed.reader.email, failed.problem) == ("rima@people.example", Problem.NOT_REACHED)


def test_a_worker_that_was_overtaken_while_it_sent_writes_nothing_down(session, queue, monkeypatch):
    """The mail was sent twice, which at least once allows; its state is written once."""
    clock = stopped(monkeypatch, A_DAY)
    queue("rima@people.example")
    with mail_server.running() as server:
        deliver = smtp.delivery(server.url)
        slow = claim(session, Mail, now=now(), lease=mails.LEASE)
        clock.moment += 2 * mails.LEASE
        quick = claim(session, Mail, now=now(), lease=mails.LEASE)
        mails.send(session, quick, settings=SETTINGS, deliver=deliver)
        with pytest.raises(LostClaim):
            mails.send(session, slow, settings=SETTINGS, deliver=deliver)
        assert len(server.handler.taken) == 1


def test_nothing_holds_a_mail_longer_than_its_lease():
    """Otherwise another worker would send it too, while the first is still at it."""
    patience = smtp.Patience()
    assert patience.answer + patience.mail < mails.LEASE.total_seconds()


def secure(server, scheme="smtp", **options):
    url = f"{scheme}://{{user}}localhost:{server.port}?ca={mail_server.CERTIFICATE}"
    return url.format(user=options.get("user", ""))


GOOD_USER = f"{mail_server.USER}:{mail_server.PASSWORD.replace(' ', '%20')}@"


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp"), ("smtps", "smtps")])
def test_it_signs_in_over_an_encrypted_line(session, queue, carry, tls, scheme):
    queue("rima@people.example")
    with mail_server.running(tls=tls, password=True) as server:
        carry(secure(server, scheme, user=GOOD_USER))
        assert server.handler.signed_in
        assert len(server.handler.taken) == 1


@pytest.mark.parametrize(
    ("options", "url", "problem"),
    [
        ({"tls": "starttls"}, "smtp://localhost:{port}", Problem.CERTIFICATE),
        ({"tls": "smtps"}, "smtps://localhost:{port}", Problem.CERTIFICATE),
        ({"tls": "smtps"}, "smtps://127.0.0.1:{port}?ca={ca}", Problem.CERTIFICATE),
        ({}, "smtp://a:b@localhost:{port}", Problem.NO_ENCRYPTION),
        ({}, "smtp://localhost:{port}?tls=always", Problem.NO_ENCRYPTION),
        ({}, "smtps://localhost:{port}", Problem.NO_ENCRYPTION),
        (
            {"tls": "starttls", "password": True},
            "smtp://tandem:wrong@localhost:{port}?ca={ca}",
            Problem.PASSWORD,
        ),
    ],
)
def test_what_is_wrong_with_the_settings_costs_no_mail(
    session, queue, carry, monkeypatch, options, url, problem
):
    """A wrong password is refused with a 5xx too, but that is not the mail's fault."""
    clock = stopped(monkeypatch, A_DAY)
    queue("rima@people.example")
    with mail_server.running(**options) as server:
        carry(
            url.format(port=server.port, ca=mail_server.CERTIFICATE), patience=smtp.Patience(2, 3)
        )
        assert state_of(session, "rima@people.example") == (QUEUED, problem)
        assert server.handler.taken == []
    clock.moment += timedelta(minutes=15)
    with mail_server.running() as server:
        carry(server.url)
        assert len(server.handler.taken) == 1


def test_without_encryption_where_it_is_said_so(session, queue, carry):
    queue("rima@people.example")
    with mail_server.running(tls="starttls") as server:
        carry(f"{server.url}?tls=never")
        assert len(server.handler.taken) == 1


def test_letters_of_other_scripts_in_a_domain_reach_a_server_that_knows_only_ascii(
    session, queue, carry
):
    queue("rima@bücher.example")
    with mail_server.running() as server:
        carry(server.url)
        assert server.handler.taken[0]["To"] == "rima@xn--bcher-kva.example"


def test_a_domain_keeps_its_letters_where_another_one_is_spelled_without_them(
    session, queue, carry
):
    queue("rima@straße.example")
    with mail_server.running() as server:
        carry(server.url)
        assert server.handler.taken[0]["To"] == "rima@xn--strae-oqa.example"


@pytest.mark.parametrize(
    "domain", [f"{'ü' * 70}.example", "\u0640x.example"], ids=["too long", "no letter"]
)
def test_an_address_that_is_none_is_left_to_the_server_and_holds_up_nobody(
    session, queue, carry, domain
):
    """Whichever way it came in: a worker that died of it would die again and again (D5)."""
    queue(f"rima@{domain}", "jo@post.example")
    with mail_server.running() as server:
        carry(server.url)
        assert server.handler.taken[-1]["To"] == "jo@post.example"
    assert state_of(session, f"rima@{domain}")[0] is not QUEUED


def test_no_secret_part_of_a_link_is_kept_with_the_problem(session, make, programme):
    """Even if a server repeats in its refusal what it was given."""
    draft = accounts.AccountDraft(
        email="rima@people.example",
        first_name="Rima",
        last_name="Muster",
        locale="en",
        password="long enough to pass",
    )
    accounts.register(session, draft, programme=programme, role=Role.MENTEE)
    given = []

    def repeat(message):
        text = message.get_body(("plain",)).get_content()
        given.append(text.partition("/confirm/")[2].split()[0].rpartition(".")[2])
        raise mails.RefusedForGood(Problem.NOT_WANTED, f"550 5.7.1 {given[0]} is bad")

    work = claim(session, Mail, now=now(), lease=mails.LEASE)
    mails.send(session, work, settings=SETTINGS, deliver=repeat)
    problem = session.get_one(Mail, work.id).problem
    assert len(given[0]) == 64
    assert "is bad" in problem
    assert given[0] not in problem

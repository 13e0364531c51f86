"""The outbox: queued with the reason, sent at least once, one bad address in nobody's way."""

import socket
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa

from tandem import mail
from tandem.clock import now
from tandem.config import Settings
from tandem.db import transaction
from tandem.errors import NotAllowed, NotFound
from tandem.models import Mail, MailState
from tandem.services import mails, smtp
from tandem.services.mails.stopping import ways_out
from tandem.work import claim
from tests.support.clocks import stopped

SETTINGS = Settings(
    secret_key="only for this test", database_url="", public_base_url="https://tandem.example"
)


@pytest.fixture
def queue(session, make):
    programme = make.programme(name="Tandem Heide")

    def queue(*, about="1", to=None, **values):
        person = to or make.account()
        with transaction(session):
            mails.queue_mail(
                session, "already_registered", person, programme=programme, about=about, **values
            )
        return session.scalars(sa.select(Mail).order_by(Mail.id.desc())).first()

    return queue


@pytest.fixture
def deliver_one(session):
    def deliver_one(deliver):
        work = claim(session, Mail, now=now() + timedelta(days=1), lease=timedelta(seconds=9))
        mails.send(session, work, settings=SETTINGS, deliver=deliver)
        return session.get_one(Mail, work.id)

    return deliver_one


def test_a_mail_speaks_the_language_of_its_reader(queue, make):
    assert queue(to=make.account(locale="en")).subject
    assert queue(to=make.account(locale="de")).locale == "de"


def test_the_same_mail_about_the_same_thing_is_queued_once(session, queue, make):
    person = make.account()
    first = queue(to=person).id
    assert queue(to=person).id == first
    assert queue(to=person, about="2").id != first


def test_whose_account_was_closed_gets_no_mail(session, queue, make):
    """As of an entry that was merged into another one: links in mails to it would be refused."""
    assert queue(to=make.account(disabled_at=now())) is None


def test_a_mail_is_sent_with_the_address_of_the_service(queue, deliver_one):
    queue()
    sent: list[EmailMessage] = []
    assert deliver_one(sent.append).state is MailState.SENT
    [message] = sent
    body = message.get_body(("plain",)).get_content()
    assert "https://tandem.example/" in body
    assert mail.BASE not in message.as_string()
    assert message["Message-ID"].endswith(".tandem>")


def test_what_is_refused_for_good_is_not_tried_again(session, queue, deliver_one):
    def refuse(_message):
        raise mails.RefusedForGood(mails.Problem.NO_MAILBOX, "550 no such mailbox")

    queue()
    failed = deliver_one(refuse)
    assert failed.state is MailState.FAILED
    assert mails.problem_of(failed) is mails.Problem.NO_MAILBOX
    assert failed.problem.endswith("550 no such mailbox")
    assert failed.due_at is None


def test_what_fails_for_now_is_tried_again_and_holds_up_nobody(session, queue, deliver_one):
    def fail(_message):
        raise mails.TryLater(mails.Problem.LATER, "451 come back later")

    first, second = queue(), queue(about="2")
    waiting = deliver_one(fail)
    assert waiting.id == first.id
    assert waiting.state is MailState.QUEUED
    assert mails.problem_of(waiting) is mails.Problem.LATER
    assert waiting.due_at > now()
    sent = claim(session, Mail, now=now(), lease=timedelta(seconds=9))
    assert sent.id == second.id


def test_after_two_days_of_failing_it_is_given_up(session, queue, deliver_one):
    def fail(_message):
        raise mails.TryLater(mails.Problem.TOO_SLOW, "timed out")

    old = queue()
    with transaction(session):
        session.execute(sa.update(Mail).values(created_at=now() - timedelta(hours=49)))
    assert old.id == deliver_one(fail).id
    session.expire_all()
    assert session.get_one(Mail, old.id).state is MailState.FAILED


def test_without_a_server_mails_stay_where_they_can_be_read(queue, deliver_one):
    queue()
    assert deliver_one(smtp.delivery(None)).state is MailState.SENT


class OneAnswer:
    """A mail server that answers the recipient as it is told, and takes one visitor."""

    def __init__(self, answer):
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._listening.getsockname()[1]}"
        self.received = b""
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        with (
            self._listening,
            self._listening.accept()[0] as visitor,
            visitor.makefile("rwb") as talk,
        ):
            self._say(talk, b"220 hello")
            for line in talk:
                word = line[:4].upper()
                if word == b"DATA":
                    self._say(talk, b"354 go on")
                    for content in talk:
                        if content == b".\r\n":
                            break
                        self.received += content
                    self._say(talk, b"250 taken")
                elif word == b"QUIT":
                    self._say(talk, b"221 bye")
                    return
                else:
                    self._say(talk, self._answer if word == b"RCPT" else b"250 ok")

    @staticmethod
    def _say(talk, line):
        talk.write(line + b"\r\n")
        talk.flush()

    def join(self):
        self._thread.join(10)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"250 ok", MailState.SENT),
        (b"550 no such mailbox", MailState.FAILED),
        (b"451 later, please", MailState.QUEUED),
    ],
)
def test_a_real_server_is_understood(queue, deliver_one, answer, state):
    queue()
    server = OneAnswer(answer)
    assert deliver_one(smtp.delivery(server.url)).state is state
    server.join()
    assert bool(server.received) == (state is MailState.SENT)


def test_a_server_that_is_not_there_is_tried_again(queue, deliver_one):
    queue()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert deliver_one(smtp.delivery(f"smtp://127.0.0.1:{port}")).state is MailState.QUEUED


def failed(session, make, programme, *, kind="tandem_left", **account):
    """Write a mail that was refused for good."""
    person = make.mentee(programme, account=make.account(**account))
    reader = person.membership.account
    with transaction(session):
        mails.queue_mail(session, kind, reader, programme=programme, about="1")
    work = claim(session, Mail, now=now(), lease=timedelta(seconds=9))
    mails.send(session, work, settings=SETTINGS, deliver=refuse)
    return person, session.get_one(Mail, work.id)


def refuse(_message):
    raise mails.RefusedForGood(mails.Problem.NO_MAILBOX, "550 5.1.1 no such user")


def test_the_coordination_sees_who_was_not_reached_and_why(session, make, programme):
    person, _ = failed(session, make, programme, email="rima@people.example")
    failed(session, make, make.programme())
    [seen] = mails.list_failed(session, programme, actor=make.coordinator(programme))
    assert (seen.to_address, seen.kind) == ("rima@people.example", "tandem_left")
    assert (seen.problem, seen.answer) == (mails.Problem.NO_MAILBOX, "550 5.1.1 no such user")
    assert seen.person_key == person.key
    assert seen.reader.id == person.membership.account_id


def test_only_the_coordination_of_the_programme_sees_and_settles_it(session, make, programme):
    _, mail_ = failed(session, make, programme)
    stranger = make.coordinator()
    with pytest.raises(NotAllowed):
        mails.list_failed(session, programme, actor=stranger)
    for act in (mails.settle, mails.send_again):
        with pytest.raises(NotAllowed):
            act(session, mail_.key, programme=programme, actor=stranger)
        elsewhere = stranger.memberships[0].programme
        with pytest.raises(NotFound):
            act(session, mail_.key, programme=elsewhere, actor=stranger)


def test_what_was_dealt_with_leaves_the_list(session, make, programme):
    _, mail_ = failed(session, make, programme)
    actor = make.coordinator(programme)
    mails.settle(session, mail_.key, programme=programme, actor=actor)
    assert mails.list_failed(session, programme, actor=actor) == []
    with pytest.raises(NotFound):
        mails.settle(session, mail_.key, programme=programme, actor=actor)


def test_it_is_sent_again_once_to_the_address_that_the_person_has_now(session, make, programme):
    person, mail_ = failed(session, make, programme, email="wrong@people.example")
    actor = make.coordinator(programme)
    reader = person.membership.account
    reader.email = "right@people.example"
    make.save(reader)
    sent_to = mails.send_again(session, mail_.key, programme=programme, actor=actor)
    assert sent_to == "right@people.example"
    with pytest.raises(NotFound):
        mails.send_again(session, mail_.key, programme=programme, actor=actor)
    again = session.scalars(sa.select(Mail).where(Mail.id != mail_.id)).one()
    assert (again.to_address, again.text) == ("right@people.example", mail_.text)
    assert again.message_id != mail_.message_id
    assert mails.reader_id(again) == reader.id
    to_them = sa.select(Mail.id).where(mails.is_to(reader)).order_by(Mail.id)
    assert session.scalars(to_them).all() == [
        mail_.id,
        again.id,
    ]
    assert mails.list_failed(session, programme, actor=actor) == []


def test_it_may_fail_and_be_sent_again_as_often_as_somebody_tries(session, make, programme):
    person, _ = failed(session, make, programme)
    actor = make.coordinator(programme)
    for _ in range(12):
        [seen] = mails.list_failed(session, programme, actor=actor)
        mails.send_again(session, seen.key, programme=programme, actor=actor)
        work = claim(session, Mail, now=now(), lease=timedelta(seconds=9))
        mails.send(session, work, settings=SETTINGS, deliver=refuse)
    theirs = session.scalars(sa.select(Mail).where(mails.is_to(person.membership.account))).all()
    assert len(theirs) == 13
    assert all(mail.dedup_key.endswith(":1") for mail in theirs)
    assert max(len(mail.dedup_key) for mail in theirs) <= 60


def test_a_mail_whose_words_are_gone_is_not_sent_again_without_any(session, make, programme):
    _, mail_ = failed(session, make, programme)
    actor = make.coordinator(programme)
    mail_.text = mail_.html = ""
    make.save(mail_)
    [seen] = mails.list_failed(session, programme, actor=actor)
    assert not seen.can_be_sent_again
    with pytest.raises(NotFound):
        mails.send_again(session, mail_.key, programme=programme, actor=actor)


def test_what_was_dealt_with_stays_so_when_clocks_are_set_back(
    session, make, programme, monkeypatch
):
    """E13."""
    _, mail_ = failed(session, make, programme)
    actor = make.coordinator(programme)
    stopped(monkeypatch, now() - timedelta(hours=1))
    mails.settle(session, mail_.key, programme=programme, actor=actor)
    assert mails.list_failed(session, programme, actor=actor) == []


def test_a_mail_that_proves_an_address_goes_to_no_other(session, make, programme):
    _, mail_ = failed(session, make, programme, kind="already_registered")
    actor = make.coordinator(programme)
    [seen] = mails.list_failed(session, programme, actor=actor)
    assert not seen.can_be_sent_again
    with pytest.raises(NotFound):
        mails.send_again(session, mail_.key, programme=programme, actor=actor)


def test_whoever_wants_no_reminders_gets_everything_else(session, make, programme):
    person = make.mentee(programme)
    reader = person.membership.account
    person.membership.quiet_at = now()
    make.save(person.membership)
    known: dict[str, Any] = {
        "tandem_key": "k",
        "other_first_name": "Uwe",
        "last_day": "x",
        "reader": "mentee",
    }
    with transaction(session):
        for kind in ("invitation_reminder", "invitation"):
            mails.queue_mail(session, kind, reader, programme=programme, about="1", **known)
    assert session.scalars(sa.select(Mail.kind)).all() == ["invitation"]


@pytest.mark.parametrize(
    ("kind", "has_way_out"), [("invitation_reminder", True), ("invitation", False)]
)
def test_a_mail_program_is_told_how_to_stop_what_can_be_stopped(
    session, make, programme, deliver_one, kind, has_way_out
):
    known: dict[str, Any] = {
        "tandem_key": "k",
        "other_first_name": "Uwe",
        "last_day": "x",
        "reader": "mentee",
    }
    with transaction(session):
        mails.queue_mail(session, kind, make.account(), programme=programme, about="1", **known)
    sent: list[EmailMessage] = []
    deliver_one(sent.append)
    way_out = sent[0]["List-Unsubscribe"]
    assert (way_out is not None) == has_way_out
    assert sent[0]["List-Unsubscribe-Post"] == (
        "List-Unsubscribe=One-Click" if has_way_out else None
    )
    if has_way_out:
        link, write = way_out.split(", ")
        assert link.startswith(f"<https://tandem.example/{programme.slug}/notices/stop/")
        assert write == f"<mailto:{programme.contact_email}?subject=unsubscribe>"
        lines = sent[0].as_bytes().split(b"\n")
        assert f"List-Unsubscribe: {link},".encode() in lines
        assert f" {write}".encode() in lines


def test_an_address_in_other_letters_does_not_break_a_header(make):
    programme = make.programme(contact_email="büro@küste.example")
    letter = Mail(kind="digest", key="k", dedup_key="digest:1:x")
    for value in ways_out(letter, programme, base="https://küste.example", secret_key="x").values():
        assert value.isascii()


def test_on_an_open_line_a_mail_program_is_led_to_a_page(session, make, programme):
    letter = Mail(kind="digest", key="k", dedup_key="digest:1:x")
    ways = ways_out(letter, programme, base="http://127.0.0.1:5000", secret_key="x")
    assert ways.keys() == {"List-Unsubscribe"}
    assert f"/{programme.slug}/notices/>" in ways["List-Unsubscribe"]


def test_no_line_of_a_header_is_too_long(session, make, deliver_one):
    programme = make.programme(name="Ü" * 80, place_name="Ä" * 80)
    person = make.account(email=f"{'x' * 64}@{'y' * 60}.example", first_name="Ж" * 80, locale="de")
    known: dict[str, Any] = {
        "tandem_key": "k",
        "other_first_name": "ש" * 80,
        "last_day": "x",
        "reader": "mentee",
    }
    with transaction(session):
        mails.queue_mail(session, "invitation", person, programme=programme, about="1", **known)
    sent: list[EmailMessage] = []
    deliver_one(sent.append)
    head, _, _ = (
        sent[0].as_bytes(policy=sent[0].policy.clone(linesep="\r\n")).partition(b"\r\n\r\n")
    )
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(len(line) for line in head.split(b"\r\n") if not line.startswith(b"To: ")) <= 78
    assert "ש" * 80 in str(sent[0]["Subject"])


def test_a_mail_is_the_same_each_time_it_is_sent(session, queue, deliver_one):
    queue()
    sent: list[EmailMessage] = []

    def lose(message):
        sent.append(message)
        raise mails.TryLater(mails.Problem.BROKE_OFF, "gone")

    deliver_one(lose)
    with transaction(session):
        session.execute(sa.update(Mail).values(due_at=now()))
    deliver_one(sent.append)
    first, second = sent
    assert first.as_bytes() == second.as_bytes()

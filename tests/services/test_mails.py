"""The outbox: queued with the reason, sent at least once, one bad address in nobody's way."""

import socket
import threading
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from tandem import mail
from tandem.clock import now
from tandem.config import Settings
from tandem.db import transaction
from tandem.models import Mail, MailState
from tandem.services import mails, smtp
from tandem.work import claim

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

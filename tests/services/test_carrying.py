"""Mails are handed over beside other work, one at a time; where no server is, it rests."""

import threading

import pytest
import sqlalchemy as sa

from tandem.config import Settings
from tandem.db import transaction
from tandem.models import Mail, MailState
from tandem.services import mails
from tandem.work import LostClaim

SETTINGS = Settings(secret_key="only for this test", database_url="")


@pytest.fixture
def post(session):
    """A post whose server does as it is told."""

    class Server:
        def __init__(self):
            self.may_answer = threading.Event()
            self.may_answer.set()
            self.problem = None
            self.taken = []

        def deliver(self, message):
            assert self.may_answer.wait(60)
            if self.problem:
                raise self.problem
            self.taken.append(message["To"])

    server = Server()
    made = mails.Post(SETTINGS, server.deliver)
    yield made, server
    server.may_answer.set()
    made.close(session)


@pytest.fixture
def queue(session, make):
    programme = make.programme()

    def queue(address):
        person = make.account(email=address)
        with transaction(session):
            mails.queue_mail(session, "tandem_left", person, programme=programme, about="1")

    return queue


def states(session):
    session.expire_all()
    return session.scalars(sa.select(Mail.state).order_by(Mail.id)).all()


def test_one_mail_after_the_other_leaves(session, post, queue):
    carrier, server = post
    assert carrier.step(session) is False
    assert carrier.wait(0) is False
    queue("a@people.example")
    queue("b@people.example")
    for _ in range(2):
        assert carrier.step(session) is True
        assert carrier.wait(60) is True
        assert carrier.step(session) is True
    assert server.taken == ["a@people.example", "b@people.example"]
    assert states(session) == [MailState.SENT, MailState.SENT]


def test_while_a_server_is_slow_there_is_nothing_to_do_about_mails(session, post, queue):
    carrier, server = post
    server.may_answer.clear()
    queue("a@people.example")
    queue("b@people.example")
    assert carrier.step(session) is True
    assert carrier.step(session) is False
    server.may_answer.set()
    carrier.wait(60)
    assert carrier.step(session) is True
    assert states(session) == [MailState.SENT, MailState.QUEUED]


def test_after_a_server_that_is_not_there_it_rests(session, post, queue):
    carrier, server = post
    server.problem = mails.ServerAway(mails.Problem.NOT_REACHED, "nobody there")
    queue("a@people.example")
    queue("b@people.example")
    carrier.step(session)
    carrier.wait(60)
    assert carrier.step(session) is True
    assert carrier.step(session) is False
    assert states(session) == [MailState.QUEUED, MailState.QUEUED]


def test_after_a_mail_that_was_refused_it_goes_on_at_once(session, post, queue):
    carrier, server = post
    server.problem = mails.RefusedForGood(mails.Problem.NO_MAILBOX, "550")
    queue("a@people.example")
    queue("b@people.example")
    carrier.step(session)
    carrier.wait(60)
    carrier.step(session)
    server.problem = None
    assert carrier.step(session) is True
    carrier.wait(60)
    carrier.step(session)
    assert states(session) == [MailState.FAILED, MailState.SENT]


def test_what_is_under_way_is_written_down_before_the_end(session, post, queue):
    carrier, _ = post
    queue("a@people.example")
    carrier.step(session)
    carrier.close(session)
    assert states(session) == [MailState.SENT]


def test_what_was_taken_over_meanwhile_is_left_to_the_other(session, post, queue):
    carrier, _ = post
    queue("a@people.example")
    carrier.step(session)
    with transaction(session):
        session.execute(sa.update(Mail).values(fence=Mail.fence + 1))
    carrier.wait(60)
    with pytest.raises(LostClaim):
        carrier.step(session)

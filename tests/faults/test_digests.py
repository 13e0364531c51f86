"""What happens while a digest is written is told with the next one, never forgotten."""

import time
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Digest, Mail, Notice, Programme, Tandem
from tandem.services import digests, mails, notices
from tandem.services.programmes import take_turns
from tandem.work import claim
from tests.support import pairs
from tests.support.make import Make
from tests.support.racing import at_once

LEASE = timedelta(seconds=15)
_LATER = timedelta(days=2)


def telling(kind, *, after=0.0):
    """Keep that something happened, as a use case does in its turn."""

    def act(session):
        time.sleep(after)
        with transaction(session):
            programme = session.scalars(sa.select(Programme)).one()
            take_turns(session, programme.id)
            tandem = session.scalars(sa.select(Tandem)).one()
            notices.tell_staff(session, tandem, kind=kind, programme=programme)

    return act


def attend(session):
    """Write the digest that is due, as the worker does."""
    work = claim(session, Digest, now=now() + _LATER, lease=LEASE)
    assert work is not None
    digests.attend(session, work)


def test_what_happens_at_the_same_moment_is_told_with_it_or_after_it(database, monkeypatch):
    def slowly(*args, **values):
        time.sleep(0.2)
        return mails.queue_mail(*args, **values)

    monkeypatch.setattr("tandem.services.digests.queue_mail", slowly)
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        pairs.invited(make, make.mentor(programme), make.mentee(programme))
        telling("invitation_declined")(session)
        at_once(make, attend, telling("tandem_left", after=0.1))
        session.expire_all()
        [digest] = session.scalars(sa.select(Digest))
        waiting = session.scalars(sa.select(Notice.kind).where(Notice.told_at.is_(None))).all()
        assert bool(waiting) is (digest.due_at is not None)
        if waiting:
            attend(session)
        told = session.scalars(sa.select(Mail.text).where(Mail.kind == digests.KIND)).all()
        assert sum(text.count("/tandems/") for text in told) == 2

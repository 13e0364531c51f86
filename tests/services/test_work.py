"""Claims of work: one holder at a time, and only the last one finishes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Round
from tandem.work import LostClaim, claim, held, renew
from tests.support.make import Make

LEASE = timedelta(seconds=30)


@pytest.fixture
def due(make):
    return make.round(make.programme(), due_at=now())


def test_what_is_due_is_claimed_once(session, due):
    first = claim(session, Round, now=now(), lease=LEASE)
    assert first is not None
    assert (first.id, first.fence) == (due.id, 1)
    assert claim(session, Round, now=now(), lease=LEASE) is None


def test_what_is_not_due_yet_is_left(session, make):
    make.round(make.programme(), due_at=now() + timedelta(minutes=1))
    make.round(make.programme())
    assert claim(session, Round, now=now(), lease=LEASE) is None


def test_what_has_been_due_longest_comes_first(session, make):
    make.round(make.programme(), due_at=now())
    longest = make.round(make.programme(), due_at=now() - timedelta(hours=1))
    first = claim(session, Round, now=now(), lease=LEASE)
    assert first is not None
    assert first.id == longest.id


def test_after_the_lease_another_takes_over_and_the_first_is_fenced_out(session, due):
    slow = claim(session, Round, now=now(), lease=LEASE)
    later = now() + LEASE
    quick = claim(session, Round, now=later, lease=LEASE)
    assert quick is not None
    assert quick.fence == slow.fence + 1
    with pytest.raises(LostClaim), transaction(session):
        held(session, slow)
    with pytest.raises(LostClaim):
        renew(session, slow, now=later, lease=LEASE)
    with transaction(session):
        assert held(session, quick).id == due.id


def test_who_renews_keeps_it(session, due):
    mine = claim(session, Round, now=now(), lease=LEASE)
    renew(session, mine, now=now() + LEASE / 2, lease=LEASE)
    assert claim(session, Round, now=now() + LEASE, lease=LEASE) is None


def test_what_is_put_off_waits_longer_each_time(session, due):
    start = now()
    waits = []
    for _ in range(2):
        mine = claim(session, Round, now=start + timedelta(hours=1), lease=LEASE)
        with transaction(session):
            held(session, mine).put_off(start)
        session.refresh(due)
        waits.append(due.due_at - start)
    assert waits[1] == 2 * waits[0]


def test_work_that_was_called_off_is_lost_to_its_holder(session, due):
    mine = claim(session, Round, now=now(), lease=LEASE)
    with transaction(session):
        session.get_one(Round, due.id).schedule(None)
    with pytest.raises(LostClaim), transaction(session):
        held(session, mine)


def test_two_workers_at_once_never_hold_the_same(database):
    with Session(database) as one, Session(database) as two:
        _add_round(one)
        first = claim(one, Round, now=now(), lease=LEASE)
        second = claim(two, Round, now=now(), lease=LEASE)
    assert (first is None) != (second is None)


def _add_round(session):
    make = Make(session)
    make.round(make.programme(), due_at=now())

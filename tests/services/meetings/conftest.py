"""A tandem that runs, and the time at which it does what it does."""

from datetime import timedelta

import pytest

from tandem import work
from tandem.models import Side, Tandem, TandemState
from tandem.services import duties, meetings
from tests.support import pairs
from tests.support.clocks import stopped
from tests.support.meeting import NOW, plan

LEASE = timedelta(seconds=15)


@pytest.fixture
def at(monkeypatch):
    """Set the time."""
    clock = stopped(monkeypatch, NOW)

    def set_time(moment):
        clock.moment = moment

    return set_time


@pytest.fixture(autouse=True)
def _noon(at):
    at(NOW)


@pytest.fixture
def programme(make):
    return make.programme(contact_email="office@programme.example")


@pytest.fixture
def tandem(make, programme):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima"))
    made = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    made.started_at = NOW - timedelta(days=40)
    return make.save(made)


@pytest.fixture
def act(session, programme, tandem):
    """Do something as one side, or as somebody else."""

    def do(what, side, key, **values):
        people = pairs.accounts_of(tandem)
        actor = values.pop("actor", None) or dict(zip(Side, people, strict=True))[side]
        return what(session, key, programme=programme, actor=actor, **values)

    return do


@pytest.fixture
def propose(act, tandem):
    def by(side=Side.MENTOR, **values):
        return act(meetings.propose, side, tandem.key, plan=plan(**values))

    return by


@pytest.fixture
def accepted(act, propose):
    def by(side=Side.MENTOR, **values):
        made = propose(side, **values)
        across = Side.MENTEE if side is Side.MENTOR else Side.MENTOR
        return act(meetings.accept, across, made.key, seen_version=made.version)

    return by


@pytest.fixture
def attend(session, at):
    """Do what a worker would do for the tandem at a moment."""

    def run(tandem, moment):
        at(moment)
        tandem.due_at = moment
        session.commit()
        claim = work.claim(session, Tandem, now=moment, lease=LEASE, only=Tandem.id == tandem.id)
        duties.attend(session, claim)

    return run

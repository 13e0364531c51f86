"""A yes at the very moment at which the invitation expires: one of both, and whole (E2, E13)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, AuditEvent, Mail, Tandem, TandemState
from tandem.services import duties, programmes, tandems
from tests.support import pairs
from tests.support.clocks import stopped
from tests.support.make import Make
from tests.support.racing import at_once, conflicts

ROUNDS = 5
BEGUN = {"tandem_active": 2}
OVER = {"invitation_expired": 2}
_LEASE = timedelta(seconds=15)


@pytest.fixture
def invited(database):
    """A tandem to which the mentor has said yes, and that waits for the mentee."""
    with Session(database) as session:
        make = Make(session)
        programme = make.programme()
        make.coordinator(programme)
        tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
        mentor, _ = pairs.accounts_of(tandem)
        tandems.answer(
            session, tandem.key, programme=programme, actor=mentor, says_yes=True,
            seen_version=tandem.version,
        )  # fmt: skip
        yield make, tandem


def saying_yes(tandem):
    key, programme_id, mentee = tandem.key, tandem.programme_id, pairs.accounts_of(tandem)[1].id

    def act(session):
        [programme] = [
            each for each in programmes.list_programmes(session) if each.id == programme_id
        ]
        actor = session.get_one(Account, mentee)
        answered = tandems.answer(
            session, key, programme=programme, actor=actor, says_yes=True, seen_version=0
        )
        return answered.state

    return act


def working(session):
    return duties.attend_next(session, lease=_LEASE)


def what_became(database):
    with Session(database) as session:
        tandem = session.scalars(sa.select(Tandem)).one()
        told = dict(
            session.execute(
                sa.select(Mail.kind, sa.func.count())
                .where(Mail.kind.in_({*BEGUN, *OVER}))
                .group_by(Mail.kind)
            ).all()
        )
        said = set(session.scalars(sa.select(AuditEvent.action)))
        return tandem, told, said


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_yes_and_the_end_at_once_are_one_of_both(database, invited, monkeypatch, _round):
    make, tandem = invited
    time_ = stopped(monkeypatch, tandem.expires_at)
    tandem.due_at = time_.moment
    make.save(tandem)
    results = at_once(make, saying_yes(tandem), working)
    became, told, said = what_became(database)
    if became.state is TandemState.ACTIVE:
        assert told == BEGUN
        assert became.started_at == time_.moment
        assert became.ended_at is None
        assert "expire_invitation" not in said
        assert conflicts(results) == []
    else:
        assert became.state is TandemState.EXPIRED
        assert told == OVER
        assert became.started_at is None
        assert "begin_tandem" not in said
        [refused] = conflicts(results)
        assert isinstance(refused, tandems.AnswerTooLate)
        assert refused.state is TandemState.EXPIRED


@pytest.mark.parametrize(
    ("late", "state"),
    [(timedelta(0), TandemState.ACTIVE), (timedelta(seconds=1), TandemState.EXPIRED)],
)
def test_the_last_second_counts_and_the_next_does_not(database, invited, monkeypatch, late, state):
    """Also where no worker has noticed yet, and where the clock is set back afterwards (E13)."""
    make, tandem = invited
    time_ = stopped(monkeypatch, tandem.expires_at + late)
    at_once(make, saying_yes(tandem))
    time_.moment -= timedelta(hours=1)
    while working(make.session):
        pass
    time_.moment += timedelta(hours=2)
    while working(make.session):
        pass
    became, told, _ = what_became(database)
    assert became.state is state
    assert told == (BEGUN if state is TandemState.ACTIVE else OVER)

"""SIGKILL while a list is read and taken over: nobody lost, nobody twice (TRUST E6)."""

import time
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, AuditEvent, Import, ImportState, Mentee, Note, Profile, Programme
from tandem.services import intake
from tandem.work import LostClaim
from tests.support import lists, town

pytestmark = pytest.mark.slow
_PATIENCE_SECONDS = 120
_KILLS = 5
_PEOPLE = 400


@pytest.fixture
def url(database):
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def brought(database):
    """A programme with a list of many that a worker has not read yet."""
    rows = [lists.MENTEES[1]]
    rows += [
        (f"Nur{at:04d}, Ali", f"ali{at}@people.example", "25746", "B1", "", f"Notiz {at}", "")
        for at in range(_PEOPLE)
    ]
    with Session(database, expire_on_commit=False) as session:
        programme = town.settle(session)
        actor = town.coordinators(session, programme)[0]
        import_ = lists.bring(session, programme, actor, rows=rows)
        return import_.key, programme, actor


def look(database):
    """Return the state of the import, and how many came with it, as one read sees them."""
    with Session(database) as session:
        if database.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        import_ = session.scalars(sa.select(Import)).one()
        came = Mentee.entered_by_id.is_not(None)
        people = session.scalar(sa.select(sa.func.count(Mentee.id)).where(came))
        return import_.state, import_.done, people


def ask_for_it(session, key, programme, actor):
    import_ = session.scalars(sa.select(Import)).one()
    intake.take(
        session,
        key,
        welcomes=False,
        seen_version=import_.version,
        programme=session.get_one(Programme, programme.id),
        actor=session.get_one(Account, actor.id),
    )


def assert_whole(database):
    """As many came as are counted as done, none before the coordinator asked for it."""
    state, done, people = look(database)
    assert people == {ImportState.TAKING: done, ImportState.TAKEN: _PEOPLE}.get(state, 0)
    return state


def wait_for(database, state):
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if assert_whole(database) is state:
            return
        time.sleep(0.05)
    raise AssertionError(f"the import is still {look(database)}")


def make_due_at_once(database):
    with Session(database) as session:
        waits = Import.due_at.is_not(None)
        values = {"due_at": now(), "leased_until": None, "attempts": 0}
        session.execute(sa.update(Import).where(waits).values(**values))
        session.commit()


def kill_now_and_then(database, url, random, *, until):
    """Start workers and kill them, until the import has come so far."""
    for _ in range(_KILLS):
        with town.worker(url) as process:
            time.sleep(random.uniform(0.8, 2.5))
            process.kill()
        assert_whole(database)
        make_due_at_once(database)
    with town.worker(url):
        wait_for(database, until)


def test_a_list_survives_workers_that_are_killed_at_any_moment(database, url, brought):
    key, programme, actor = brought
    random = Random(5)
    kill_now_and_then(database, url, random, until=ImportState.ASKING)
    with Session(database) as session:
        ask_for_it(session, key, programme, actor)
    kill_now_and_then(database, url, random, until=ImportState.TAKEN)
    with Session(database) as session:
        mails = session.scalars(sa.select(Account.email).where(Account.email.like("ali%"))).all()
        assert sorted(mails) == sorted(f"ali{number}@people.example" for number in range(_PEOPLE))
        texts = session.scalars(sa.select(Note.text)).all()
        assert sorted(texts) == sorted(f"Bemerkung: Notiz {number}" for number in range(_PEOPLE))
        versions = (
            sa.select(sa.func.count(Profile.id))
            .join(Mentee)
            .where(Mentee.entered_by_id.is_not(None))
        )
        assert session.scalar(versions) == _PEOPLE
        taken = sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.action == "take_import")
        assert session.scalar(taken) == 1


def test_whoever_wakes_up_after_another_went_on_takes_nobody_in(database, brought):
    key, programme, actor = brought
    with Session(database) as session:
        lists.read(session)
        ask_for_it(session, key, programme, actor)

        def somebody_else_goes_on():
            with Session(database) as other:
                if look(database)[0] is ImportState.TAKING:
                    other.execute(sa.update(Import).values(leased_until=None))
                    other.commit()
                    lists.work_in(other)

        with pytest.raises(LostClaim):
            lists.work_in(session, between=somebody_else_goes_on)
    assert look(database) == (ImportState.TAKEN, _PEOPLE, _PEOPLE)

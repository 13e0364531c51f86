"""SIGKILL while a list is read and taken over: nobody lost, nobody twice (TRUST E6)."""

import time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, AuditEvent, Import, ImportState, Mentee, Note, Profile, Programme
from tandem.services import intake
from tandem.services.intake.taking import PORTION
from tandem.work import LostClaim
from tests.support import lists, town
from tests.support.killing import killed_before

pytestmark = pytest.mark.slow
_PATIENCE_SECONDS = 120
_PEOPLE = 2 * PORTION + 50


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


def wait_until(database, is_so):
    """Wait until the import has come so far, by its state and how many came; return the state."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        state = assert_whole(database)
        if is_so(state, look(database)[1]):
            return state
        time.sleep(0.05)
    raise AssertionError(f"the import is still {look(database)}")


def make_due_at_once(database):
    with Session(database) as session:
        waits = Import.due_at.is_not(None)
        values = {"due_at": now(), "leased_until": None, "attempts": 0}
        session.execute(sa.update(Import).where(waits).values(**values))
        session.commit()


def assert_complete(database):
    """Everybody came once, with profile and note, and the end is recorded once."""
    assert look(database) == (ImportState.TAKEN, _PEOPLE, _PEOPLE)
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
        for action, times in {"enter": _PEOPLE, "import_mentee": _PEOPLE, "take_import": 1}.items():
            recorded = sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.action == action)
            assert session.scalar(recorded) == times


def test_a_list_survives_kills_at_every_step_of_its_reading(database, url, brought):
    for step, state in (
        (("COMMIT", 1), ImportState.QUEUED),  # the claim
        (("COMMIT", 2), ImportState.QUEUED),  # that it is being read
        (("COMMIT", 3), ImportState.READING),  # what was understood
    ):
        statement, times = step
        assert killed_before(url, statement, times=times, act=lists.read)
        assert assert_whole(database) is state
        make_due_at_once(database)
    assert not killed_before(url, "COMMIT", times=4, act=lists.read)
    assert assert_whole(database) is ImportState.ASKING


def test_a_list_survives_kills_at_every_step_of_its_taking(database, url, brought):
    with Session(database) as session:
        lists.read(session)
        ask_for_it(session, *brought)
    for statement, times, done in (
        ("INSERT INTO accounts", 1, 0),
        ("INSERT INTO mentees", 1, 0),
        ("INSERT INTO profile_versions", 1, 0),
        ("COMMIT", 3, 0),  # after the claim and the count of attempts: the first portion
        ("COMMIT", 4, PORTION),
        ("INSERT INTO notes", 1, PORTION),
        ("COMMIT", 4, 2 * PORTION),
        ("INSERT INTO audit_events", 2, 2 * PORTION),
        ("COMMIT", 3, 2 * PORTION),  # the end
    ):
        assert killed_before(url, statement, times=times, act=lists.work_in)
        assert assert_whole(database) is ImportState.TAKING
        assert look(database)[1] == done
        make_due_at_once(database)
    assert not killed_before(url, "COMMIT", times=4, act=lists.work_in)
    assert_complete(database)


def test_the_worker_goes_on_with_what_another_began_before_it_was_killed(database, url, brought):
    with town.worker(url):
        wait_until(database, lambda state, _: state is ImportState.READING)
    make_due_at_once(database)
    with town.worker(url):
        wait_until(database, lambda state, _: state is ImportState.ASKING)
        with Session(database) as session:
            ask_for_it(session, *brought)
        wait_until(database, lambda _, done: done > 0)
    make_due_at_once(database)
    with town.worker(url):
        wait_until(database, lambda state, _: state is ImportState.TAKEN)
    assert_complete(database)


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

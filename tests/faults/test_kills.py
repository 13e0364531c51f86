"""SIGKILL in the middle of a round: nothing lost, nothing double, nothing half-written (E6)."""

import signal
import time
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import AuditEvent, Proposal, Round, RoundState, Snapshot
from tandem.services import rounds
from tests.support import town

pytestmark = pytest.mark.slow
_PATIENCE_SECONDS = 60
_KILLS = 4


@pytest.fixture
def url(database):
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def queued(database):
    with Session(database) as session:
        programme = town.settle(session, mentors=60, mentees=100)
        return town.queue_round(session, programme).id


def look(database, round_id):
    """Return state and snapshot of the round with its proposals, as one read sees them."""
    with Session(database, expire_on_commit=False) as session:
        if database.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        round_ = session.get_one(Round, round_id)
        snapshot = session.scalars(sa.select(Snapshot)).one()
        proposals = session.scalars(sa.select(Proposal).order_by(Proposal.id)).all()
        solved = session.scalars(
            sa.select(AuditEvent).where(AuditEvent.action == "solve_round")
        ).all()
        return round_, snapshot, proposals, solved


def assert_whole(database, round_id):
    """Either nothing was published, or all of it, once."""
    round_, snapshot, proposals, solved = look(database, round_id)
    if round_.state is RoundState.READY:
        pairs = [(each["mentor"], each["mentee"]) for each in snapshot.result["proposals"]]
        assert len(proposals) == len(pairs) == snapshot.result["tandems"]
        assert len(solved) == 1
        assert snapshot.digest == snapshot.result["digest"]
    else:
        assert round_.state in {RoundState.QUEUED, RoundState.RUNNING}
        assert (proposals, solved, snapshot.result) == ([], [], None)
    return round_


def wait_until_ready(database, round_id):
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if assert_whole(database, round_id).state is RoundState.READY:
            return
        time.sleep(0.1)
    raise AssertionError(f"the round is still {look(database, round_id)[0].state}")


def test_a_round_survives_workers_that_are_killed_at_any_moment(database, url, queued):
    random = Random(7)
    for _ in range(_KILLS):
        with town.worker(url) as process:
            time.sleep(random.uniform(0.7, 2.2))
            process.kill()
        round_ = assert_whole(database, queued)
        make_due_at_once(database, round_)
    with town.worker(url):
        wait_until_ready(database, queued)


def make_due_at_once(database, round_):
    """Spare the test the wait that follows a failure, and the count of attempts."""
    if round_.state is not RoundState.READY:
        with Session(database) as session:
            session.execute(sa.update(Round).values(due_at=now(), attempts=0))
            session.commit()


def test_a_worker_that_slept_past_its_lease_publishes_nothing(database, url, queued):
    with town.worker(url, lease_seconds=0.5) as sleeper:
        wait_for_state(database, queued, RoundState.RUNNING)
        sleeper.send_signal(signal.SIGSTOP)
        with town.worker(url, lease_seconds=5):
            wait_until_ready(database, queued)
        sleeper.send_signal(signal.SIGCONT)
        time.sleep(1.5)
        assert_whole(database, queued)


def wait_for_state(database, round_id, state):
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if look(database, round_id)[0].state in {state, RoundState.READY}:
            return
        time.sleep(0.02)
    raise AssertionError("nobody took the round")


def insights_of(database):
    with Session(database) as session:
        return rounds.read_insights(session.scalars(sa.select(Snapshot)).one())


def test_insights_survive_workers_that_are_killed_at_any_moment(database, url, queued):
    """What is worked out beside the proposals is there in the end, once, and harms nothing."""
    random = Random(11)
    with town.worker(url):
        wait_until_ready(database, queued)
    for _ in range(3):
        with town.worker(url) as process:
            time.sleep(random.uniform(0.7, 1.6))
            process.kill()
        assert_whole(database, queued)
        with Session(database) as session:
            session.execute(sa.update(Round).values(leased_until=None))
            session.commit()
    with town.worker(url):
        end = time.monotonic() + _PATIENCE_SECONDS
        while insights_of(database) is None and time.monotonic() < end:
            time.sleep(0.1)
    found = insights_of(database)
    assert found is not None
    assert found.problem is None
    round_, snapshot, _, _ = look(database, queued)
    assert round_.state is RoundState.READY
    assert found.stability.keys() == {each["mentee"] for each in snapshot.result["proposals"]}

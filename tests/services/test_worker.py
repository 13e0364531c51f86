"""The worker, in this process: it takes what is due, and its child may fail or die."""

import time
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.config import Settings
from tandem.models import Mail, MailState, Round, RoundState, Snapshot
from tandem.services import rounds
from tandem.services.matchmaking import rounds as matchmaking
from tandem.work import claim
from tandem.worker import Worker, children
from tests.support import town


@pytest.fixture
def worker(database):
    settings = Settings(
        secret_key=town.SECRET, database_url=database.url.render_as_string(hide_password=False)
    )
    return Worker(settings, database)


@pytest.fixture
def queued(database):
    with Session(database, expire_on_commit=False) as session:
        return town.queue_round(session, town.settle(session))


def state_of(database, round_):
    with Session(database) as session:
        return session.get_one(Round, round_.id).state


def test_it_says_when_there_is_nothing_to_do(worker):
    assert worker.work_once() is False


def test_it_solves_a_round_in_a_child(worker, database, queued):
    assert worker.work_once() is True
    assert state_of(database, queued) is RoundState.READY
    assert worker.work_once() is True
    assert state_of(database, queued) is RoundState.READY
    with Session(database) as session:
        insights = rounds.read_insights(session.scalars(sa.select(Snapshot)).one())
    assert insights.problem is None
    assert set(insights.stability.values()) <= {share / 100 for share in range(101)}
    assert worker.work_once() is False


def test_mails_leave_before_and_while_a_round_is_solved(worker, database, queued):
    with Session(database) as session:
        programme = session.merge(queued).programme_id
        account = town.coordinators(session, town.settle(session))[0]
        session.add(
            Mail(
                programme_id=programme, kind="test", dedup_key="1", message_id="<1@x>",
                to_address=account.email, locale="de", subject="s", text="t", html="h",
                due_at=now(),
            )
        )  # fmt: skip
        session.commit()
    assert worker.work_once() is True
    with Session(database) as session:
        assert session.scalars(sa.select(Mail.state)).one() is MailState.SENT
    assert state_of(database, queued) is RoundState.QUEUED


def _die(_told, _task):
    raise SystemExit(3)


def _fail(told, _task):
    told.send(("failed", "weights do not sum"))


def test_a_solver_that_dies_leaves_the_round_for_later(worker, database, queued, monkeypatch):
    monkeypatch.setattr(children, "_compute", _die)
    assert worker.work_once() is True
    with Session(database) as session:
        round_ = session.get_one(Round, queued.id)
        assert round_.state is RoundState.RUNNING
        assert round_.due_at > now()


def test_a_solver_that_refuses_its_input_fails_the_round(worker, database, queued, monkeypatch):
    monkeypatch.setattr(children, "_compute", _fail)
    assert worker.work_once() is True
    assert state_of(database, queued) is RoundState.FAILED


def test_a_round_that_was_begun_too_often_fails(worker, database, queued):
    with Session(database) as session:
        session.execute(sa.update(Round).values(attempts=9))
        session.commit()
    assert worker.work_once() is True
    assert state_of(database, queued) is RoundState.FAILED


def test_a_cancelled_round_is_dropped(worker, database, queued, monkeypatch):
    monkeypatch.setattr(children, "_compute", _tell_of_progress_for_ever)

    def cancel_at_progress(session, work, *progress):
        with Session(database) as other:
            programme = town.settle(other)
            actor = town.coordinators(other, programme)[0]
            rounds.cancel_solving(other, queued.key, programme=programme, actor=actor)
        return report(session, work, *progress)

    report = matchmaking.report
    monkeypatch.setattr(matchmaking, "report", cancel_at_progress)
    assert worker.work_once() is True
    assert state_of(database, queued) is RoundState.CANCELLED


def _tell_of_progress_for_ever(told, _task):
    while True:
        told.send(("progress", ("solve", 1, 2)))


def test_it_stops_when_told(worker):
    worker.stop()
    worker.run()


def test_a_lease_is_renewed_while_the_child_computes(database, queued, monkeypatch):
    settings = Settings(
        secret_key=town.SECRET,
        database_url=database.url.render_as_string(hide_password=False),
        lease_seconds=0.6,
    )
    monkeypatch.setattr(children, "_compute", _wait_then_fail)
    assert Worker(settings, database).work_once() is True
    assert state_of(database, queued) is RoundState.FAILED


def _wait_then_fail(told, _task):
    time.sleep(1.5)
    told.send(("failed", "slow"))


class Ear:
    """Hears what a child would tell."""

    def __init__(self):
        self.said = []

    def send(self, message):
        self.said.append(message)


def test_the_child_tells_what_it_finds(database, queued, monkeypatch):
    ear: Any = Ear()

    with Session(database) as session:
        work = claim(session, Round, now=now(), lease=timedelta(seconds=9))
        task = matchmaking.begin(session, work, most_attempts=5)
    children._compute(ear, task)
    kinds = [kind for kind, _ in ear.said]
    assert kinds[-1] == "result"
    assert set(kinds[:-1]) == {"progress"}
    children._compute(ear, task | {"policy": "weights = 3"})
    assert ear.said[-1][0] == "failed"

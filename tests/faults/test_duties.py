"""Duties of many tandems: a worker is killed among them, clocks change; nothing twice (E6, E13)."""

import time
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks import stages
from tandem import clock, work
from tandem.config import Settings
from tandem.db import transaction
from tandem.models import AuditEvent, CheckIn, Mail, MailState, Outcome, Survey, Tandem, TandemState
from tandem.services import duties
from tandem.worker import Worker
from tests.support import mail_server, pairs, town
from tests.support.clocks import stopped

LEASE = timedelta(seconds=15)
_TANDEMS = 80
_KILLS = 2
_PATIENCE_SECONDS = 120


@pytest.fixture
def settled(database):
    with Session(database) as session:
        stages.settle(session, tandems=_TANDEMS, programmes=3)
    return database


def expected(kinds_each):
    return {kind: share * _TANDEMS // 4 for kind, share in kinds_each.items()}


MAILS = {
    "agreement_reminder": 4,
    "check_in": 2,
    "invitation_reminder": 2,
    "outcome": 1,
    "survey_reminder": 2,
}
"""How many mails each four tandems, one in every stage, get on such a day."""


def what_happened(session):
    """Return what duties left behind: each thing that must be there once."""
    mails = Counter(session.scalars(sa.select(Mail.kind)))
    rows = [
        *session.execute(sa.select(CheckIn.tandem_id, CheckIn.side, CheckIn.number)),
        *session.execute(sa.select(Survey.tandem_id, Survey.side)),
        *session.execute(sa.select(Outcome.tandem_id, Outcome.months)),
        *session.execute(
            sa.select(AuditEvent.subject_id, AuditEvent.action).where(
                AuditEvent.subject_kind == "tandems"
            )
        ),
    ]
    return mails, Counter(tuple(row) for row in rows)


def attend_to_all(session):
    while duties.attend_next(session, lease=LEASE):
        pass


def spare_the_wait(session):
    """Let nobody wait for the leases of workers that are dead."""
    with transaction(session):
        for model in (Tandem, Mail):
            session.execute(
                sa.update(model).where(model.leased_until.is_not(None)).values(leased_until=None)
            )


def left(session):
    due = sa.select(sa.func.count(Tandem.id)).where(Tandem.due_at <= clock.now())
    queued = sa.select(sa.func.count(Mail.id)).where(Mail.state == MailState.QUEUED)
    found = session.scalar(due), session.scalar(queued)
    session.rollback()
    return found


@pytest.mark.slow
def test_a_worker_killed_among_them_at_any_moment_loses_nothing_and_does_nothing_twice(settled):
    url = settled.url.render_as_string(hide_password=False)
    random = Random(13)
    with Session(settled) as session:
        for _ in range(_KILLS):
            before = left(session)
            with town.worker(url, lease_seconds=5) as process:
                while left(session) == before and process.poll() is None:
                    time.sleep(0.005)
                time.sleep(random.uniform(0, 0.2))
                process.kill()
            spare_the_wait(session)
        with town.worker(url, lease_seconds=5):
            end = time.monotonic() + _PATIENCE_SECONDS
            while left(session) != (0, 0) and time.monotonic() < end:
                time.sleep(0.1)
        assert left(session) == (0, 0)
        mails, rows = what_happened(session)
        assert mails == expected(MAILS)
        assert set(rows.values()) == {1}
        sent = session.scalar(sa.select(sa.func.count(Mail.id)).where(Mail.state == MailState.SENT))
        assert sent == mails.total()


def test_a_worker_that_dies_at_any_statement_leaves_all_or_nothing(settled):
    """Each statement of a batch fails once; after that the batch is done as if nothing was."""
    with Session(settled) as session:
        for number in range(1, 260, 29):
            with dying_at(settled, number) as died:
                try:
                    duties.attend_next(session, lease=LEASE)
                except Died:
                    session.rollback()
            mails, rows = what_happened(session)
            session.rollback()
            assert set(rows.values()) <= {1}
            assert mails["check_in"] * 2 == 2 * sum(len(row) == 3 for row in rows)
            spare_the_wait(session)
            if not died:
                break
        attend_to_all(session)
        mails, rows = what_happened(session)
        assert mails == expected(MAILS)
        assert set(rows.values()) == {1}


class Died(Exception):
    """Stands for the end of a process."""


class dying_at:  # noqa: N801 - reads as a sentence
    """Have the database's nth statement be the last one."""

    def __init__(self, engine, number):
        self._engine, self._number, self._died = engine, number, []

    def __enter__(self):
        sa.event.listen(self._engine, "before_cursor_execute", self._count)
        return self._died

    def __exit__(self, *_error):
        sa.event.remove(self._engine, "before_cursor_execute", self._count)

    def _count(self, *_call):
        self._number -= 1
        if self._number == 0:
            self._died.append(True)
            raise Died


@pytest.mark.parametrize(
    "steps",
    [
        [timedelta(hours=-1)],
        [timedelta(hours=1)],
        [timedelta(days=-1)],
        [timedelta(days=1), timedelta(days=-1)],
        [timedelta(hours=-1), timedelta(hours=2), timedelta(hours=-1)],
    ],
    ids=str,
)
def test_clocks_that_are_set_do_nothing_twice(settled, monkeypatch, steps):
    """Whatever the clock shows in between, in the end everybody was told once (E13)."""
    time_ = stopped(monkeypatch, clock.now())
    with Session(settled) as session:
        duties.attend_next(session, lease=LEASE)
        for step in steps:
            time_.moment += step
            spare_the_wait(session)
            with transaction(session):
                session.execute(sa.update(Tandem).values(due_at=time_.moment))
            attend_to_all(session)
        time_.moment -= sum(steps, timedelta(0))
        with transaction(session):
            session.execute(sa.update(Tandem).values(due_at=time_.moment))
        attend_to_all(session)
        mails, rows = what_happened(session)
    assert {kind: mails[kind] for kind in MAILS} == expected(MAILS)
    assert set(rows.values()) == {1}


def test_what_workers_die_of_holds_up_nobody_else(settled, monkeypatch):
    """One tandem on which every worker dies is taken alone, and later and later."""
    bad = 7

    def die(session, tandem, programme):
        if tandem.id == bad:
            raise Died

    monkeypatch.setattr(duties, "DUTIES", (*duties.DUTIES, die))
    time_ = stopped(monkeypatch, clock.now())
    deaths = 0
    with Session(settled) as session:
        while session.scalar(
            sa.select(sa.func.count(Tandem.id)).where(
                Tandem.due_at <= clock.now(), Tandem.id != bad
            )
        ):
            session.rollback()
            try:
                if not duties.attend_next(session, lease=LEASE):
                    time_.moment += LEASE
            except Died:
                session.rollback()
                deaths += 1
        assert 1 < deaths <= 10
        session.rollback()
        mails, _ = what_happened(session)
    assert mails["check_in"] + mails["survey_reminder"] >= 2 * (_TANDEMS // 2) - 2


def test_only_programmes_alike_are_taken_together(settled):
    with Session(settled) as session:
        claims = work.claim_some(
            session, Tandem, now=clock.now(), lease=LEASE, most=20, alike=Tandem.programme_id
        )
        ids = [claim.id for claim in claims]
        programmes = session.scalars(sa.select(Tandem.programme_id).where(Tandem.id.in_(ids)))
        assert len(ids) == 20
        assert len(set(programmes)) == 1
        session.rollback()
        again = work.claim_some(
            session, Tandem, now=clock.now(), lease=LEASE, most=20, alike=Tandem.programme_id
        )
        assert not set(ids) & {claim.id for claim in again}


def test_what_was_taken_over_meanwhile_is_left_to_the_other(session, make):
    programme = make.programme()
    tandem = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    tandem.due_at = clock.now()
    make.save(tandem)
    [late] = work.claim_some(
        session, Tandem, now=clock.now(), lease=LEASE, most=5, alike=Tandem.programme_id
    )
    later = clock.now() + 2 * LEASE
    [second] = work.claim_some(
        session, Tandem, now=later, lease=LEASE, most=5, alike=Tandem.programme_id
    )
    with pytest.raises(work.LostClaim):
        duties.attend(session, late)
    duties.attend(session, second)
    assert tandem.leased_until is None


def test_whoever_writes_meanwhile_is_let_in_between_two_portions(settled, monkeypatch):
    """SQLite gives the database to whoever asks next, which would be the worker itself."""
    settings = Settings(secret_key=town.SECRET, database_url="")
    worker = Worker(settings, settled)
    waited: list[float] = []
    monkeypatch.setattr(worker._stop, "wait", waited.append)
    portions = 0
    while worker._attend_to_tandems():
        portions += 1
    assert portions > 3
    assert len(waited) == (portions if settled.dialect.name == "sqlite" else 0)


def test_mails_that_wait_for_a_slow_server_hold_up_no_duties(settled):
    """The server never answers; all duties are done all the same."""
    url = settled.url.render_as_string(hide_password=False)
    with mail_server.running() as server:
        server.handler.too_slow.update(
            f"person{side + number + 1}@people.example"
            for number in range(_TANDEMS)
            for side in (1_000_000, 2_000_000)
        )
        with (
            Session(settled) as session,
            town.worker(url, lease_seconds=5, smtp_url=server.url),
        ):
            end = time.monotonic() + _PATIENCE_SECONDS
            while left(session)[0] and time.monotonic() < end:
                time.sleep(0.1)
            assert left(session) == (0, sum(expected(MAILS).values()))

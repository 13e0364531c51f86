"""Meetings under races, on committed data: one plan holds, one meeting counts (E3, E17)."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.errors import Stale
from tandem.models import (
    Account,
    Mail,
    Meeting,
    MeetingState,
    Mood,
    Programme,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import meetings
from tandem.services.programmes import today
from tandem.services.tandems import wake
from tandem.work import claim
from tests.support import pairs
from tests.support.make import Make
from tests.support.meeting import held, plan
from tests.support.racing import at_once, conflicts

ROUNDS = 4


@pytest.fixture
def make(database):
    with Session(database) as session:
        yield Make(session)


@pytest.fixture
def pair(make, programme):
    def made() -> Tandem:
        mentor, mentee = make.mentor(programme), make.mentee(programme)
        return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)

    return made


def acting(tandem: Tandem, side: Side, service: Callable[..., Meeting], key: str, **values: object):
    """Do something as one side, in a session of one's own."""
    mentor, mentee = pairs.accounts_of(tandem)
    account_id = (mentor if side is Side.MENTOR else mentee).id

    def act(session: Session) -> int:
        made = service(
            session,
            key,
            programme=session.scalars(sa.select(Programme)).one(),
            actor=session.get_one(Account, account_id),
            **values,
        )
        return made.id

    return act


def next_week(programme: Programme, hour: int = 17) -> meetings.Plan:
    return plan(day=today(programme) + timedelta(days=7), hour=now().replace(hour=hour).time())


def proposed(make: Make, tandem: Tandem, programme: Programme) -> Meeting:
    mentor, _mentee = pairs.accounts_of(tandem)
    return meetings.propose(
        make.session, tandem.key, programme=programme, actor=mentor, plan=next_week(programme)
    )


def of(database: sa.Engine, tandem: Tandem) -> Sequence[Meeting]:
    with Session(database) as session:
        return session.scalars(sa.select(Meeting).where(Meeting.tandem_id == tandem.id)).all()


def mails(database: sa.Engine, kind: str) -> int:
    with Session(database) as session:
        query = sa.select(sa.func.count(Mail.id)).where(Mail.kind == kind)
        return session.scalar(query) or 0


def test_both_write_the_same_day_down_at_once_and_met_once(database, make, programme, pair):
    for _ in range(ROUNDS):
        tandem = pair()
        at_once(
            make,
            *(
                acting(
                    tandem,
                    side,
                    meetings.log,
                    tandem.key,
                    held=held(day=today(programme), mood=Mood.GOOD),
                )
                for side in (*Side, *Side)
            ),
        )
        [met] = of(database, tandem)
        assert (met.state, met.mentor_mood, met.mentee_mood) == (
            MeetingState.HELD,
            Mood.GOOD,
            Mood.GOOD,
        )


def test_who_writes_down_and_a_worker_at_the_same_tandem_are_in_nobodys_way(
    database, make, programme, pair, monkeypatch
):
    tandem = pair()
    mentor, _ = pairs.accounts_of(tandem)
    met = meetings.log(
        make.session, tandem.key, programme=programme, actor=mentor, held=held(day=today(programme))
    )

    def wake_slowly(woken: Tandem) -> None:
        time.sleep(0.2)
        wake(woken)

    def take(session: Session) -> object:
        time.sleep(0.1)
        return claim(session, Tandem, now=now(), lease=timedelta(seconds=9))

    monkeypatch.setattr("tandem.services.meetings.recording.wake", wake_slowly)
    strike = acting(tandem, Side.MENTOR, meetings.strike, met.key, seen_version=met.version)
    struck, _ = at_once(make, strike, take)
    assert struck == met.id
    make.session.refresh(tandem)
    assert tandem.due_at is not None


def test_a_yes_and_another_time_at_once_are_never_both(database, make, programme, pair):
    for _ in range(ROUNDS):
        tandem = pair()
        made = proposed(make, tandem, programme)
        key, seen = made.key, made.version
        other_time = next_week(programme, hour=9)
        results = at_once(
            make,
            acting(tandem, Side.MENTEE, meetings.accept, key, seen_version=seen),
            acting(tandem, Side.MENTOR, meetings.move, key, plan=other_time, seen_version=seen),
        )
        [refused] = conflicts(results)
        assert isinstance(refused, Stale)
        [meeting] = of(database, tandem)
        accepted = refused is results[1]
        expected = MeetingState.ACCEPTED if accepted else MeetingState.PROPOSED
        assert (meeting.state, meeting.sequence) == (expected, int(accepted))


def test_two_clicks_at_once_accept_once(database, make, programme, pair):
    tandem = pair()
    made = proposed(make, tandem, programme)
    key, seen = made.key, made.version
    yes = [acting(tandem, Side.MENTEE, meetings.accept, key, seen_version=seen) for _ in range(3)]
    assert not conflicts(at_once(make, *yes))
    [meeting] = of(database, tandem)
    assert (meeting.state, meeting.sequence) == (MeetingState.ACCEPTED, 1)
    assert mails(database, "meeting_accepted") == 2


def test_a_yes_and_a_no_at_once_end_in_one_state(database, make, programme, pair):
    for _ in range(ROUNDS):
        tandem = pair()
        made = proposed(make, tandem, programme)
        key, seen = made.key, made.version
        results = at_once(
            make,
            acting(tandem, Side.MENTEE, meetings.accept, key, seen_version=seen),
            acting(tandem, Side.MENTOR, meetings.call_off, key, seen_version=seen),
        )
        [refused] = conflicts(results)
        [meeting] = of(database, tandem)
        kept = MeetingState.ACCEPTED if refused is results[1] else MeetingState.CANCELLED
        assert meeting.state is kept


def test_two_clicks_at_once_propose_once(database, make, programme, pair):
    tandem = pair()
    wish = next_week(programme)
    clicks = [
        acting(tandem, Side.MENTOR, meetings.propose, tandem.key, plan=wish) for _ in range(3)
    ]
    assert not conflicts(at_once(make, *clicks))
    assert len(of(database, tandem)) == 1
    assert mails(database, "meeting_proposed") == 1

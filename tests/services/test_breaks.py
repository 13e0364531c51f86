"""Breaks of a tandem: taken, changed, over; places stay taken."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import RUNNING, AuditEvent, EndReason, Mail, Notice, Side, TandemState
from tandem.services import tandems
from tandem.services.programmes import today
from tests.support import clocks, endings, pairs

START = datetime(2026, 10, 20, 12, tzinfo=UTC)
BACK = date(2026, 11, 3)
MORNING = datetime(2026, 11, 3, 8, tzinfo=UTC)
"""Nine in Berlin, after the clocks went back."""


@pytest.fixture
def time(monkeypatch):
    return clocks.stopped(monkeypatch, START)


@pytest.fixture
def programme(time, make):
    return make.programme()


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme, locale="de")


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(make, make.mentor(programme), make.mentee(programme))


@pytest.fixture
def pause(session, programme, tandem):
    def run(side=Side.MENTEE, until=BACK, *, actor=None, seen=None):
        return tandems.pause(
            session,
            tandem.key,
            programme=programme,
            actor=actor or account_of(tandem, side),
            until=until,
            seen=tandems.break_seen(tandem) if seen is None else seen,
        )

    return run


@pytest.fixture
def resume(session, programme, tandem):
    def run(side=Side.MENTEE, *, actor=None):
        actor = actor or account_of(tandem, side)
        return tandems.resume(session, tandem.key, programme=programme, actor=actor)

    return run


def account_of(tandem, side):
    mentor, mentee = pairs.accounts_of(tandem)
    return mentor if side is Side.MENTOR else mentee


def told(session, kind):
    return set(session.scalars(sa.select(Mail.to_address).where(Mail.kind == kind)))


def texts(session, kind):
    return " ".join(session.scalars(sa.select(Mail.text).where(Mail.kind == kind)))


def actions(session):
    query = sa.select(AuditEvent.action).where(AuditEvent.subject_kind == "tandems")
    return list(session.scalars(query.order_by(AuditEvent.id)))


@pytest.mark.parametrize("side", Side)
def test_a_break_is_told_to_who_is_across_and_to_the_coordination(session, tandem, pause, side):
    pause(side)
    assert (tandem.state, tandem.paused_until) == (TandemState.PAUSED, BACK)
    across = account_of(tandem, Side.MENTOR if side is Side.MENTEE else Side.MENTEE)
    assert told(session, "tandem_paused") == {across.email}
    assert "Tuesday, 3 November 2026" in texts(session, "tandem_paused")
    assert set(session.scalars(sa.select(Notice.kind))) == {"tandem_paused"}


def test_a_coordinator_tells_both_and_not_themselves(session, tandem, pause, coordinator):
    pause(actor=coordinator, until=None)
    assert told(session, "tandem_paused") == {each.email for each in pairs.accounts_of(tandem)}
    assert "as soon as one of you says so" in texts(session, "tandem_paused")
    assert session.scalars(sa.select(Notice)).all() == []


def test_places_stay_taken(make, programme, tandem, pause):
    pause()
    with pytest.raises(tandems.MentorTaken):
        pairs.invited(make, tandem.mentor, make.mentee(programme))
    with pytest.raises(tandems.MenteeTaken):
        pairs.invited(make, make.mentor(programme), tandem.mentee)


def test_the_worker_ends_a_break_on_its_morning_and_tells_both(
    session, time, programme, tandem, pause
):
    pause()
    time.moment = MORNING - timedelta(hours=1)
    endings.attend(session)
    assert (tandem.state, tandem.paused_until) == (TandemState.PAUSED, BACK)
    assert tandem.due_at <= MORNING
    time.moment = MORNING + timedelta(days=7)
    for _ in range(2):
        endings.attend(session)
    assert (tandem.state, tandem.paused_until) == (TandemState.ACTIVE, today(programme))
    assert told(session, "tandem_resumed") == {each.email for each in pairs.accounts_of(tandem)}
    assert actions(session).count("resume_tandem") == 1


def test_an_open_break_lasts_until_somebody_says_so(
    session, time, programme, tandem, pause, resume
):
    pause(until=None)
    time.moment += timedelta(days=200)
    endings.attend(session)
    assert (tandem.state, tandem.due_at) == (TandemState.PAUSED, None)
    for _ in range(2):
        resume(Side.MENTOR)
    assert (tandem.state, tandem.paused_until) == (TandemState.ACTIVE, today(programme))
    assert told(session, "tandem_resumed") == {account_of(tandem, Side.MENTEE).email}
    assert actions(session).count("resume_tandem") == 1


def test_each_break_is_told_anew(session, time, tandem, pause, resume):
    for _ in range(2):
        pause()
        time.moment += timedelta(hours=1)
        resume()
        time.moment += timedelta(hours=1)
    mails = session.scalars(sa.select(Mail).where(Mail.kind == "tandem_paused")).all()
    assert len(mails) == 2


def test_the_same_break_twice_is_one(session, pause, tandem):
    seen = tandems.break_seen(tandem)
    for _ in range(2):
        pause(seen=seen)
    assert actions(session).count("pause_tandem") == 1


def test_a_break_can_be_changed(tandem, pause):
    pause()
    pause(Side.MENTOR, until=None)
    assert (tandem.state, tandem.paused_until) == (TandemState.PAUSED, None)


def test_who_looked_before_the_other_decided_is_asked_again(tandem, pause):
    """E17."""
    seen = tandems.break_seen(tandem)
    pause()
    with pytest.raises(Stale):
        pause(Side.MENTOR, until=BACK + timedelta(days=7), seen=seen)
    assert tandem.paused_until == BACK


def test_reminders_and_meetings_do_not_make_the_page_old(session, time, tandem, pause):
    seen, version = tandems.break_seen(tandem), tandem.version
    time.moment += timedelta(hours=1)
    tandems.wake(tandem)
    session.commit()
    endings.attend(session)
    assert tandem.version > version
    pause(seen=seen)
    assert tandem.state is TandemState.PAUSED


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_break_ends_on_a_day_to_come_within_a_year(tandem, pause, days):
    with pytest.raises(tandems.BadDay):
        pause(until=START.date() + timedelta(days=days))
    assert tandem.state is TandemState.ACTIVE


NOT_RUNNING = [state for state in TandemState if state not in RUNNING]


@pytest.mark.parametrize("state", NOT_RUNNING)
def test_what_does_not_run_neither_rests_nor_goes_on(session, make, programme, coordinator, state):
    other = pairs.tandem(make, make.mentor(programme), make.mentee(programme), state)
    who = {"programme": programme, "actor": coordinator}
    with pytest.raises(tandems.NotRunning) as caught:
        tandems.pause(session, other.key, until=None, seen="", **who)
    assert caught.value.state is state
    with pytest.raises(tandems.NotRunning):
        tandems.resume(session, other.key, **who)
    ending = tandems.Ending(reason=EndReason.OTHER, note="Another time.")
    with pytest.raises(tandems.NotRunning):
        tandems.end_early(session, other.key, ending, **who)
    session.expire_all()
    assert (other.state, other.end_note) == (state, "")


def test_only_the_two_and_their_coordination_decide(session, make, programme, tandem, pause):
    elsewhere = make.programme()
    for stranger in (make.mentee(programme).membership.account, make.coordinator(elsewhere)):
        with pytest.raises((NotFound, NotAllowed)):
            pause(actor=stranger)
    assert tandem.state is TandemState.ACTIVE

"""What people say of their running tandem who are called, written down by a coordinator."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed
from tandem.models import (
    AuditEvent,
    EndReason,
    Mail,
    MeetingState,
    Mood,
    Notice,
    Role,
    Side,
    TandemState,
    Way,
)
from tandem.services import meetings, tandems
from tandem.services.programmes import today
from tests.support import called, pairs
from tests.support.meeting import plan

ENDING = tandems.Ending(reason=EndReason.MOVED, note="Leaves the district.")


@pytest.fixture
def tandem(make, programme, coordinator):
    """A tandem that has run for a while; its mentee is called."""
    mentee = called.without_address(make, make.mentee(programme))
    return pairs.tandem(make, make.mentor(programme), mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def act(session, programme, tandem, coordinator):
    def run(what, *arguments, actor=coordinator, **values):
        return what(session, *arguments, programme=programme, actor=actor, **values)

    return run


@pytest.fixture
def end(act, tandem):
    return lambda said_by, **who: act(tandems.end_early, tandem.key, ENDING, said_by=said_by, **who)


@pytest.fixture
def pause(act, tandem):
    def run(said_by, **who):
        seen = tandems.break_seen(tandem)
        return act(tandems.pause, tandem.key, until=None, seen=seen, said_by=said_by, **who)

    return run


@pytest.fixture
def held(act, tandem, programme):
    def log(said, **who):
        day = today(programme)
        told = meetings.Held(day=day, way=Way.VIDEO, minutes=60, said=said)
        return act(meetings.log, tandem.key, held=told, **who)

    return log


@pytest.fixture
def told(session):
    """Who gets which mail, and what the staff is asked to do."""

    def find():
        mails = session.execute(sa.select(Mail.kind, Mail.to_address).order_by(Mail.id)).all()
        return [tuple(row) for row in mails], session.scalars(sa.select(Notice.kind)).all()

    session.execute(sa.delete(Mail))
    session.execute(sa.delete(Notice))
    session.commit()
    return find


def in_trail(session, action):
    [event] = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action))
    return event.account_id, event.details["side"], event.details.get("by")


def address(tandem):
    return tandem.mentor.membership.account.email


def test_an_end_is_that_of_who_wants_it(session, tandem, coordinator, end, told):
    for _ in range(2):
        end(Side.MENTEE)
    assert (tandem.state, tandem.ended_by) == (TandemState.ENDED_EARLY, Side.MENTEE)
    assert in_trail(session, "end_early") == (coordinator.id, "mentee", "staff")
    assert told() == ([("tandem_ended", address(tandem))], [])
    assert tandems.who_wrote_down(session, tandem, tandems.ENDED) == {Side.MENTEE: coordinator.name}


def test_what_the_coordination_ends_is_told_to_who_is_called_too(session, tandem, end, told):
    end(None)
    assert tandem.ended_by is None
    assert told() == ([("tandem_ended", address(tandem))], ["call_mentee_news"])
    assert tandems.who_wrote_down(session, tandem, tandems.ENDED) == {}


def test_a_break_and_its_end_are_told_to_the_other_alone(
    session, act, tandem, coordinator, pause, told
):
    pause(Side.MENTEE)
    act(tandems.resume, tandem.key, said_by=Side.MENTEE)
    assert tandem.state is TandemState.ACTIVE
    for action in ("pause_tandem", "resume_tandem"):
        assert in_trail(session, action) == (coordinator.id, "mentee", "staff")
    kinds = ["tandem_paused", "tandem_resumed"]
    assert told() == ([(kind, address(tandem)) for kind in kinds], [])


def test_a_meeting_is_planned_moved_and_called_off(
    session, act, programme, tandem, coordinator, told
):
    day = today(programme) + timedelta(days=3)
    made = act(meetings.propose, tandem.key, plan=plan(day=day))
    made = act(meetings.move, made.key, plan=plan(day=day, minutes=90), seen_version=made.version)
    assert made.proposed_by is Side.MENTEE
    act(meetings.call_off, made.key, seen_version=made.version, said_by=Side.MENTEE)
    assert made.state is MeetingState.CANCELLED
    for action in ("propose_meeting", "move_meeting", "call_off_meeting"):
        assert in_trail(session, action) == (coordinator.id, "mentee", "staff")
    kinds = ["meeting_proposed", "meeting_moved", "meeting_cancelled"]
    assert told() == ([(kind, address(tandem)) for kind in kinds], [])


def test_the_yes_to_a_meeting_is_written_down(session, act, programme, tandem, coordinator):
    day = today(programme) + timedelta(days=3)
    mentor = tandem.mentor.membership.account
    made = act(meetings.propose, tandem.key, plan=plan(day=day), actor=mentor)
    act(meetings.accept, made.key, seen_version=made.version)
    assert made.state is MeetingState.ACCEPTED
    assert in_trail(session, "accept_meeting") == (coordinator.id, "mentee", "staff")


def test_how_a_meeting_was_is_written_down_and_kept(session, act, tandem, coordinator, held):
    made = held(meetings.Said(by=Side.MENTEE, mood=Mood.GOOD, remark="Helped a lot."))
    assert (made.logged_by, made.mentee_mood, made.mentee_remark) == (
        Side.MENTEE,
        Mood.GOOD,
        "Helped a lot.",
    )
    assert in_trail(session, "log_meeting") == (coordinator.id, "mentee", "staff")
    longer = meetings.Became(
        happened=True, way=Way.VIDEO, minutes=90, said=meetings.Said(by=Side.MENTEE)
    )
    act(meetings.settle, made.key, became=longer, seen_version=made.version)
    assert (made.minutes, made.mentee_mood) == (90, Mood.GOOD)
    assert in_trail(session, "settle_meeting") == (coordinator.id, "mentee", "staff")


def test_a_coordinator_writes_down_what_they_hear_after_the_end_too(held, end):
    end(Side.MENTEE)
    assert held(meetings.Said(by=Side.MENTEE, mood=Mood.HARD)).mentee_mood is Mood.HARD


def test_nobody_speaks_for_who_signs_in(tandem, end, pause, held):
    for act in (end, pause, lambda side: held(meetings.Said(by=side, mood=Mood.GOOD))):
        with pytest.raises(NotAllowed):
            act(Side.MENTOR)
    assert tandem.state is TandemState.ACTIVE


def test_nobody_speaks_for_the_other_side_of_their_own_tandem(make, programme, tandem, end, pause):
    mentor = tandem.mentor.membership.account
    make.membership(programme, Role.COORDINATOR, mentor)
    make.session.expire_all()
    for act in (end, pause):
        with pytest.raises(NotAllowed):
            act(Side.MENTEE, actor=mentor)
    assert tandem.state is TandemState.ACTIVE


def test_nobody_speaks_any_more_for_who_took_the_account_over(make, tandem, end):
    account = tandem.mentee.membership.account
    account.confirmed_at = now()
    make.save(account)
    with pytest.raises(NotAllowed):
        end(Side.MENTEE)

"""Writing down what became of meetings."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tandem.errors import NotFound, Stale
from tandem.models import Meeting, MeetingState, Mood, Side, TandemState, Way
from tandem.services import meetings
from tests.support.meeting import (
    BERLIN,
    NOW,
    SUNDAY,
    actions,
    became,
    held,
    mails,
    plan,
)


def test_both_write_the_same_day_down_and_met_once(session, tandem, act):
    mine = held(mood=Mood.GOOD, remark="Schön", minutes=45)
    first = act(meetings.log, Side.MENTEE, tandem.key, held=mine)
    theirs = held(mood=Mood.HARD, remark="Anstrengend", minutes=90, way=Way.VIDEO)
    second = act(meetings.log, Side.MENTOR, tandem.key, held=theirs)
    assert second.id == first.id
    assert (first.minutes, first.way, first.logged_by) == (45, Way.IN_PERSON, Side.MENTEE)
    assert (first.mentee_mood, first.mentor_mood) == (Mood.GOOD, Mood.HARD)
    assert (first.mentee_remark, first.mentor_remark) == ("Schön", "Anstrengend")


def test_a_double_click_logs_once(session, tandem, act):
    click = {"held": held(mood=Mood.GOOD)}
    made = act(meetings.log, Side.MENTOR, tandem.key, **click)
    assert act(meetings.log, Side.MENTOR, tandem.key, **click).id == made.id
    assert session.scalar(sa.select(sa.func.count(Meeting.id))) == 1
    assert actions(session, made) == ["log_meeting"]


def test_who_logs_again_puts_their_own_word_right(tandem, act):
    act(meetings.log, Side.MENTOR, tandem.key, held=held(minutes=30, mood=Mood.GOOD))
    made = act(meetings.log, Side.MENTOR, tandem.key, held=held(minutes=90, mood=Mood.FAIR))
    assert (made.minutes, made.mentor_mood) == (90, Mood.FAIR)


def test_what_was_planned_for_the_day_is_what_is_logged(act, tandem, accepted, at):
    made = accepted()
    at(made.starts_at + timedelta(hours=2))
    logged = act(meetings.log, Side.MENTEE, tandem.key, held=held(day=SUNDAY))
    assert logged.id == made.id
    assert logged.state is MeetingState.HELD
    assert logged.starts_at.astimezone(BERLIN).hour == 17


def test_what_is_planned_for_the_evening_is_another_than_this_morning(act, tandem, propose, at):
    made = propose()
    at(made.starts_at - timedelta(hours=5))
    logged = act(meetings.log, Side.MENTEE, tandem.key, held=held(day=SUNDAY))
    assert logged.id != made.id
    assert made.state is MeetingState.PROPOSED


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(date(2026, 10, 21), meetings.NotYet), (date(2026, 9, 9), meetings.TooEarly)],
)
def test_only_days_of_the_tandem_up_to_today_are_logged(tandem, act, day, refusal):
    with pytest.raises(refusal):
        act(meetings.log, Side.MENTOR, tandem.key, held=held(day=day))


def test_after_the_end_only_the_coordination_writes_down(make, programme, tandem, act):
    tandem.state, tandem.ended_at = TandemState.COMPLETED, NOW - timedelta(days=2)
    make.save(tandem)
    last = held(day=date(2026, 10, 17))
    with pytest.raises(meetings.NotRunning):
        act(meetings.log, Side.MENTOR, tandem.key, held=last)
    staff = make.coordinator(programme)
    with pytest.raises(meetings.TooEarly):
        act(meetings.log, None, tandem.key, actor=staff, held=held())
    made = act(meetings.log, None, tandem.key, actor=staff, held=last)
    assert (made.state, made.logged_by) == (MeetingState.HELD, None)


def test_a_coordinator_says_nothing_in_anothers_name(make, programme, tandem, act):
    staff = make.coordinator(programme)
    made = act(meetings.log, None, tandem.key, actor=staff, held=held(mood=Mood.HARD, remark="x"))
    assert (made.mentor_mood, made.mentee_mood) == (None, None)
    assert (made.mentor_remark, made.mentee_remark) == ("", "")


def test_a_planned_meeting_is_settled_once_its_time_has_come(act, accepted, at):
    made = accepted()
    with pytest.raises(meetings.NotYet):
        act(meetings.settle, Side.MENTEE, made.key, became=became(), seen_version=made.version)
    at(made.starts_at)
    no = became(happened=False, remark="Krank")
    act(meetings.settle, Side.MENTEE, made.key, became=no, seen_version=made.version)
    assert (made.state, made.logged_by) == (MeetingState.MISSED, Side.MENTEE)
    assert made.mentee_remark == "Krank"


def test_a_mistake_is_put_right(session, tandem, act):
    made = act(meetings.log, Side.MENTOR, tandem.key, held=held())
    for happened in (False, True):
        act(
            meetings.settle,
            Side.MENTEE,
            made.key,
            became=became(happened=happened, minutes=30),
            seen_version=made.version,
        )
    assert (made.state, made.minutes) == (MeetingState.HELD, 30)
    act(meetings.strike, Side.MENTEE, made.key, seen_version=made.version)
    assert made.state is MeetingState.CANCELLED
    again = act(meetings.log, Side.MENTOR, tandem.key, held=held())
    assert again.id != made.id
    assert not mails(session, "meeting_cancelled")


def test_an_old_page_puts_nothing_right(tandem, act):
    made = act(meetings.log, Side.MENTOR, tandem.key, held=held())
    seen = made.version
    act(meetings.log, Side.MENTEE, tandem.key, held=held(mood=Mood.GOOD))
    with pytest.raises(Stale):
        act(
            meetings.settle,
            Side.MENTOR,
            made.key,
            became=became(happened=False),
            seen_version=seen,
        )
    with pytest.raises(Stale):
        act(meetings.strike, Side.MENTOR, made.key, seen_version=seen)


def test_what_was_called_off_is_not_there_to_be_settled(act, accepted, at):
    made = accepted()
    act(meetings.call_off, Side.MENTOR, made.key, seen_version=made.version)
    at(made.starts_at)
    with pytest.raises(NotFound):
        act(meetings.settle, Side.MENTEE, made.key, became=became(), seen_version=made.version)
    with pytest.raises(Stale):
        act(meetings.move, Side.MENTEE, made.key, plan=plan(), seen_version=made.version)


def test_the_diary_sorts_by_what_is_to_be_done(session, tandem, act, accepted, propose, at):
    soon, later = accepted(), propose(day=date(2026, 11, 3))
    gone = accepted(day=date(2026, 10, 21))
    act(meetings.log, Side.MENTOR, tandem.key, held=held())
    at(NOW + timedelta(days=2))
    found = meetings.diary(session, tandem)
    assert list(found.upcoming) == [soon, later]
    assert list(found.asked) == [gone]
    assert (len(found.past), found.held, found.is_empty) == (1, 1, False)

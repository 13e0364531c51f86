"""Check-ins: asked at their time, answered once, seen to by a coordinator."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tandem.errors import Conflict, NotAllowed, NotFound
from tandem.models import (
    AuditEvent,
    CheckIn,
    CheckInState,
    Digest,
    EndReason,
    Mail,
    Membership,
    Notice,
    Role,
    Side,
)
from tandem.services import check_ins, erasing, tandems
from tandem.services.own_data.gathering import gather
from tests.support import called, clocks, endings, pairs

START = datetime(2026, 9, 1, 12, tzinfo=UTC)
FIRST = datetime(2026, 10, 1, 7, tzinfo=UTC)
"""Nine in the morning of the thirtieth day, in Berlin's summer."""
SECOND = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Sixty days later, in its winter."""
WELL = check_ins.Answers(going=4, helping=5, alike=3, wants_call=False, remark="Fine.")


@pytest.fixture
def time(monkeypatch):
    return clocks.stopped(monkeypatch, START)


@pytest.fixture
def programme(time, make):
    return make.programme()


@pytest.fixture
def tandem(make, programme, coordinator):
    return endings.running(make, make.mentor(programme), make.mentee(programme))


@pytest.fixture
def attend(session, time):
    """Let a worker come by at a moment, and do what is due then."""

    def run(moment):
        time.moment = moment
        endings.attend(session)

    return run


@pytest.fixture
def of(session, tandem):
    """Return the check-in with a number of one side."""

    def find(side, number=1):
        query = sa.select(CheckIn).filter_by(tandem_id=tandem.id, side=side, number=number)
        return session.scalars(query).one_or_none()

    return find


@pytest.fixture
def say(session, programme, tandem, of):
    def run(side, said=WELL, *, actor=None, number=1):
        actor = actor or account_of(tandem, side)
        key = of(side, number).key
        return check_ins.answer(session, key, said, programme=programme, actor=actor)

    return run


def account_of(tandem, side):
    mentor, mentee = pairs.accounts_of(tandem)
    return mentor if side is Side.MENTOR else mentee


def told(session, kind):
    query = sa.select(Mail.to_address).where(Mail.kind == kind).order_by(Mail.id)
    return session.scalars(query).all()


def waiting(session, programme, actor):
    return list(check_ins.list_waiting(session, programme, actor=actor))


def test_both_are_asked_on_the_thirtieth_morning_and_then_every_sixty_days(
    session, tandem, attend, of
):
    attend(FIRST - timedelta(hours=1))
    assert of(Side.MENTOR) is None
    assert tandem.due_at <= FIRST
    attend(FIRST)
    assert {of(side).due_on for side in Side} == {date(2026, 10, 1)}
    assert sorted(told(session, "check_in")) == sorted(a.email for a in pairs.accounts_of(tandem))
    attend(SECOND - timedelta(hours=1))
    assert of(Side.MENTEE, 2) is None
    attend(SECOND)
    assert of(Side.MENTEE, 2).due_on == date(2026, 11, 30)
    assert len(told(session, "check_in")) == 4


def test_the_programme_says_when(make, session, programme, attend, of):
    programme.check_in_first_days, programme.check_in_days = 10, 20
    make.save(programme)
    attend(START + timedelta(days=10))
    attend(START + timedelta(days=30))
    assert of(Side.MENTOR, 2).due_on == date(2026, 10, 1)


def test_the_link_of_the_mail_leads_to_ones_own_questions(session, attend, of, tandem):
    attend(FIRST)
    for side in Side:
        query = sa.select(Mail).filter_by(
            kind="check_in", to_address=account_of(tandem, side).email
        )
        assert f"/check-ins/{of(side).key}\n" in session.scalars(query).one().text


def test_a_worker_that_comes_twice_or_weeks_late_asks_once(session, time, tandem, attend, of):
    late = SECOND + timedelta(days=20)
    attend(late)
    tandem.due_at = late
    session.commit()
    attend(late)
    assert len(told(session, "check_in")) == 2
    assert of(Side.MENTOR).due_on == late.date()
    assert of(Side.MENTOR, 2) is None


def test_who_is_silent_is_reminded_once_after_five_days_unless_they_want_peace(
    session, make, tandem, attend, say
):
    attend(FIRST)
    say(Side.MENTOR)
    for days in (4, 5, 6):
        attend(FIRST + timedelta(days=days))
        tandem.due_at = FIRST
        session.commit()
    assert told(session, "check_in_reminder") == [account_of(tandem, Side.MENTEE).email]


def test_who_wants_peace_is_asked_but_not_reminded(session, make, tandem, attend, time):
    for person in (tandem.mentor, tandem.mentee):
        person.membership.quiet_at = time.moment
        make.save(person.membership)
    attend(FIRST)
    attend(FIRST + timedelta(days=5))
    assert len(told(session, "check_in")) == 2
    assert told(session, "check_in_reminder") == []


def test_what_nobody_answered_lapses_when_the_next_comes(session, attend, of, say):
    attend(FIRST)
    say(Side.MENTEE)
    attend(SECOND)
    assert of(Side.MENTOR).state is CheckInState.LAPSED
    assert of(Side.MENTEE).state is CheckInState.ANSWERED
    assert of(Side.MENTOR, 2).state is CheckInState.OPEN


def test_a_late_answer_is_not_lost(session, attend, of, say):
    attend(FIRST)
    attend(SECOND)
    assert say(Side.MENTOR).state is CheckInState.ANSWERED


def test_during_a_break_nobody_is_asked_and_a_week_after_it_they_are(
    session, programme, tandem, attend, of, time
):
    account, until = account_of(tandem, Side.MENTOR), date(2026, 11, 10)
    time.moment = FIRST - timedelta(days=5)
    tandems.pause(
        session, tandem.key, programme=programme, actor=account, until=until, seen="active:"
    )
    attend(FIRST)
    attend(FIRST + timedelta(days=20))
    assert of(Side.MENTEE) is None
    morning = datetime(2026, 11, 10, 8, tzinfo=UTC)
    attend(morning)
    assert tandem.state.value == "active"
    attend(morning + timedelta(days=6))
    assert of(Side.MENTEE) is None
    attend(morning + timedelta(days=7))
    assert of(Side.MENTEE).due_on == date(2026, 11, 17)


def test_a_break_does_not_remind(session, programme, tandem, attend, time):
    attend(FIRST)
    account = account_of(tandem, Side.MENTEE)
    tandems.pause(
        session, tandem.key, programme=programme, actor=account, until=None, seen="active:"
    )
    attend(FIRST + timedelta(days=5))
    assert told(session, "check_in_reminder") == []


def test_after_the_end_nobody_is_asked_and_what_is_open_lapses(
    session, programme, tandem, attend, of
):
    attend(FIRST)
    ending = tandems.Ending(reason=EndReason.NO_TIME)
    actor = account_of(tandem, Side.MENTOR)
    tandems.end_early(session, tandem.key, ending, programme=programme, actor=actor)
    attend(FIRST + timedelta(minutes=1))
    assert {of(side).state for side in Side} == {CheckInState.LAPSED}
    attend(SECOND)
    assert of(Side.MENTEE, 2) is None


def test_an_answer_stands_once_it_was_sent(session, attend, of, say):
    attend(FIRST)
    say(Side.MENTEE)
    say(Side.MENTEE)
    with pytest.raises(check_ins.AlreadyAnswered):
        say(Side.MENTEE, check_ins.Answers(going=1, helping=1, alike=1, wants_call=True))
    session.expire_all()
    assert (of(Side.MENTEE).going, of(Side.MENTEE).remark) == (4, "Fine.")
    actions = sa.select(AuditEvent).filter_by(action="answer_check_in")
    [event] = session.scalars(actions).all()
    assert event.details == {}


def test_what_cannot_be_said_yet_is_left_out(attend, of, say):
    attend(FIRST)
    say(Side.MENTOR, check_ins.Answers(going=3, helping=None, alike=None, wants_call=False))
    assert (of(Side.MENTOR).helping, of(Side.MENTOR).alike) == (None, None)


LOW = {
    "going": check_ins.Answers(going=2, helping=5, alike=5, wants_call=False),
    "helping": check_ins.Answers(going=5, helping=2, alike=5, wants_call=False),
    "call": check_ins.Answers(going=5, helping=None, alike=5, wants_call=True),
}


@pytest.mark.parametrize("said", LOW.values(), ids=LOW)
def test_a_low_answer_waits_until_somebody_has_seen_to_it(
    session, programme, coordinator, attend, say, said
):
    attend(FIRST)
    answered = say(Side.MENTEE, said)
    assert waiting(session, programme, coordinator) == [answered]
    assert set(session.scalars(sa.select(Notice.kind))) == {"check_in_low"}
    for _ in range(2):
        check_ins.attend_to(session, answered.key, programme=programme, actor=coordinator)
    assert waiting(session, programme, coordinator) == []
    assert answered.attended_by_id == coordinator.id


def test_feeling_different_is_not_low(session, programme, coordinator, attend, say):
    attend(FIRST)
    say(Side.MENTEE, check_ins.Answers(going=3, helping=3, alike=1, wants_call=False))
    assert waiting(session, programme, coordinator) == []
    assert session.scalars(sa.select(Notice)).all() == []


def test_nothing_is_seen_to_before_it_was_said(session, programme, coordinator, attend, of):
    attend(FIRST)
    with pytest.raises(Conflict):
        check_ins.attend_to(session, of(Side.MENTEE).key, programme=programme, actor=coordinator)


def test_nobody_reads_across(session, make, programme, coordinator, tandem, attend, of, say):
    """A4: not the other side, not a coordinator who is one of the two, nobody elsewhere."""
    attend(FIRST)
    other = account_of(tandem, Side.MENTOR)
    make.membership(programme, Role.COORDINATOR, other)
    said = say(Side.MENTEE, LOW["call"])
    who_is_told = sa.select(Membership.account_id).join(Digest).join(Notice)
    assert coordinator.id in session.scalars(who_is_told).all()
    assert other.id not in session.scalars(who_is_told).all()
    elsewhere = make.programme()
    stranger = make.coordinator(elsewhere)
    for actor, where in ((other, programme), (stranger, elsewhere), (stranger, programme)):
        for act in (
            lambda **who: check_ins.get_check_in(session, said.key, **who),
            lambda **who: check_ins.answer(session, said.key, WELL, **who),
        ):
            with pytest.raises(NotFound):
                act(programme=where, actor=actor)
    assert waiting(session, programme, other) == []
    with pytest.raises(NotAllowed):
        check_ins.list_of(session, tandem, actor=other)
    with pytest.raises(NotFound):
        check_ins.attend_to(session, said.key, programme=programme, actor=other)
    assert waiting(session, programme, coordinator) == [said]


def test_a_coordinator_answers_for_nobody_who_can_answer(
    session, programme, coordinator, attend, say
):
    attend(FIRST)
    with pytest.raises(NotAllowed):
        say(Side.MENTEE, actor=coordinator)


def test_what_is_said_on_the_telephone_is_written_down(
    session, make, programme, coordinator, tandem, attend, of, say
):
    called.without_address(make, tandem.mentee)
    attend(FIRST)
    assert told(session, "check_in") == [account_of(tandem, Side.MENTOR).email]
    assert waiting(session, programme, coordinator) == [of(Side.MENTEE)]
    say(Side.MENTEE, actor=coordinator)
    assert of(Side.MENTEE).going == 4
    assert waiting(session, programme, coordinator) == []


def test_who_is_erased_leaves_no_words(session, make, programme, coordinator, attend, of, say):
    attend(FIRST)
    for side in Side:
        say(side, replace(LOW["call"], remark="Anna is away."))
    mentee = of(Side.MENTEE).tandem.mentee
    erasing.erase(
        session, mentee, programme=programme, actor=mentee.membership.account,
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip
    session.expire_all()
    assert {of(side).remark for side in Side} == {""}
    assert [
        each.side for each in check_ins.list_waiting(session, programme, actor=coordinator)
    ] == [Side.MENTOR]


def test_ones_own_data_hold_ones_own_answers_only(session, programme, tandem, attend, say):
    attend(FIRST)
    say(Side.MENTEE)
    say(Side.MENTOR, LOW["going"])
    mentee = gather(session, actor=account_of(tandem, Side.MENTEE), programme=programme)
    assert [row["going"] for row in mentee["check_ins"]] == [4]
    assert mentee["check_ins"][0]["remark"] == "Fine."

"""Planning a meeting: proposing, accepting, moving it, calling it off."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import MeetingState, Notice, Side, TandemState
from tandem.services import meetings
from tests.support import pairs
from tests.support.called import without_address
from tests.support.meeting import (
    BERLIN,
    actions,
    addresses,
    event_in,
    held,
    mails,
    plan,
    readers,
)


def test_a_proposal_reaches_the_other_side_without_an_entry(session, tandem, propose):
    made = propose(place="Café am Markt", topic="Lebenslauf")
    assert made.state is MeetingState.PROPOSED
    assert made.starts_at == datetime(2026, 10, 25, 16, 30, tzinfo=UTC)
    [mail] = mails(session, "meeting_proposed")
    _mentor, mentee = addresses(tandem)
    assert mail.to_address == mentee
    assert mail.calendar == ""
    for words in ("Maren", "Café am Markt", "Lebenslauf", "25 October", "17:30"):
        assert words in mail.text


def test_a_double_click_proposes_once(session, propose):
    assert propose().id == propose().id
    assert len(mails(session, "meeting_proposed")) == 1


def test_what_is_accepted_enters_both_calendars(session, tandem, act, propose):
    made = propose()
    seen = made.version
    act(meetings.accept, Side.MENTEE, made.key, seen_version=seen)
    act(meetings.accept, Side.MENTEE, made.key, seen_version=seen)
    assert made.state is MeetingState.ACCEPTED
    told = mails(session, "meeting_accepted")
    assert [mail.to_address for mail in told] == addresses(tandem)
    method, event = event_in(told[0])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 1)
    assert str(event["ORGANIZER"]) == "mailto:office@programme.example"
    assert {str(each) for each in event["ATTENDEE"]} == {f"mailto:{a}" for a in addresses(tandem)}
    assert "Rima" in event["SUMMARY"]
    assert actions(session, made) == ["propose_meeting", "accept_meeting"]


def test_nobody_accepts_what_they_proposed(act, propose):
    made = propose()
    with pytest.raises(Stale):
        act(meetings.accept, Side.MENTOR, made.key, seen_version=made.version)


def test_a_plan_that_was_moved_is_not_accepted_unseen(act, propose):
    made = propose()
    seen = made.version
    act(meetings.move, Side.MENTOR, made.key, plan=plan(hour=time(18)), seen_version=seen)
    with pytest.raises(Stale):
        act(meetings.accept, Side.MENTEE, made.key, seen_version=seen)


def test_moving_asks_the_other_anew_and_keeps_the_entry(session, tandem, act, accepted):
    made = accepted()
    act(
        meetings.move,
        Side.MENTOR,
        made.key,
        plan=plan(day=date(2026, 10, 27)),
        seen_version=made.version,
    )
    assert (made.state, made.proposed_by) == (MeetingState.PROPOSED, Side.MENTOR)
    told = mails(session, "meeting_moved")
    assert [mail.to_address for mail in told] == addresses(tandem)
    _, before = event_in(mails(session, "meeting_accepted")[0])
    method, event = event_in(told[1])
    assert event["UID"] == before["UID"]
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "TENTATIVE", 2)
    states = {str(each): each.params["PARTSTAT"] for each in event["ATTENDEE"]}
    mentor, mentee = addresses(tandem)
    assert states == {f"mailto:{mentor}": "ACCEPTED", f"mailto:{mentee}": "NEEDS-ACTION"}
    act(meetings.accept, Side.MENTEE, made.key, seen_version=made.version)
    _, again = event_in(mails(session, "meeting_accepted")[-1])
    assert again["SEQUENCE"] == 3


def test_what_nobody_accepted_moves_without_an_entry(session, tandem, act, propose):
    made = propose()
    for hour in (time(18), time(17, 30)):
        act(meetings.move, Side.MENTEE, made.key, plan=plan(hour=hour), seen_version=made.version)
    mentor, _mentee = addresses(tandem)
    assert readers(session, "meeting_moved") == [mentor, mentor]
    assert {mail.calendar for mail in mails(session, "meeting_moved")} == {""}


def test_moving_to_the_same_time_changes_nothing(session, act, accepted):
    made = accepted()
    seen = made.version
    act(meetings.move, Side.MENTEE, made.key, plan=plan(), seen_version=seen)
    assert (made.state, made.version) == (MeetingState.ACCEPTED, seen)
    assert not mails(session, "meeting_moved")


def test_calling_off_takes_the_entry_out_of_both_calendars(session, tandem, act, accepted):
    made = accepted()
    seen = made.version
    act(meetings.call_off, Side.MENTEE, made.key, seen_version=seen)
    act(meetings.call_off, Side.MENTEE, made.key, seen_version=seen)
    told = mails(session, "meeting_cancelled")
    assert [mail.to_address for mail in told] == addresses(tandem)
    _, before = event_in(mails(session, "meeting_accepted")[0])
    method, event = event_in(told[0])
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert (event["UID"], event["DTSTART"].dt) == (before["UID"], before["DTSTART"].dt)
    assert "Rima has called off" in told[0].text
    assert "You have called off" in told[1].text


def test_a_coordinator_calls_off_for_both(session, make, programme, tandem, act, propose):
    made = propose()
    staff = make.coordinator(programme)
    act(meetings.call_off, None, made.key, actor=staff, seen_version=made.version)
    assert readers(session, "meeting_cancelled") == addresses(tandem)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2026, 10, 19), meetings.Elapsed),
        (date.min, meetings.Elapsed),
        (date(2027, 11, 1), meetings.TooFar),
        (date.max, meetings.TooFar),
    ],
)
def test_a_plan_is_for_the_coming_year(propose, day, refusal):
    with pytest.raises(refusal):
        propose(day=day, hour=time(0, 15))


def test_an_hour_that_the_clocks_leave_out_is_the_same_in_the_mail_as_on_the_page(session, propose):
    """E13: at half past two it is half past three."""
    made = propose(day=date(2027, 3, 28), hour=time(2, 30))
    assert "3:30" in mails(session, "meeting_proposed")[0].text
    session.expire_all()
    assert made.starts_at.astimezone(BERLIN).time() == time(3, 30)


def test_what_is_moved_across_a_change_of_clocks_lasts_as_long_as_it_lasts(session, act, accepted):
    """E13: an hour comes twice between half past one and half past three."""
    made = accepted()
    over = plan(hour=time(1, 30), minutes=180)
    act(meetings.move, Side.MENTOR, made.key, plan=over, seen_version=made.version)
    _, event = event_in(mails(session, "meeting_moved")[0])
    begins, ends = (event[each].dt.astimezone(UTC) for each in ("DTSTART", "DTEND"))
    assert ends - begins == timedelta(hours=3)


def test_what_was_proposed_for_the_past_cannot_be_accepted(act, propose, at):
    made = propose()
    at(made.starts_at)
    with pytest.raises(meetings.Elapsed):
        act(meetings.accept, Side.MENTEE, made.key, seen_version=made.version)


@pytest.mark.parametrize("state", [TandemState.PAUSED, TandemState.COMPLETED])
def test_a_tandem_that_does_not_run_plans_nothing(make, tandem, propose, state):
    tandem.state = state
    make.save(tandem)
    with pytest.raises(meetings.NotRunning):
        propose()


def test_a_tandem_that_never_began_has_no_meetings(session, make, programme):
    asked = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    mentor, _mentee = pairs.accounts_of(asked)
    with pytest.raises(NotFound):
        meetings.propose(session, asked.key, programme=programme, actor=mentor, plan=plan())


def test_a_coordinator_speaks_for_whom_no_mail_reaches(session, make, programme, tandem, act):
    staff = make.coordinator(programme)
    mentor, _mentee = pairs.accounts_of(tandem)
    without_address(make, tandem.mentee)
    made = act(meetings.propose, Side.MENTOR, tandem.key, plan=plan())
    told = session.scalars(sa.select(Notice.kind)).all()
    assert set(told) == {"call_mentee_news"}
    act(meetings.accept, None, made.key, actor=staff, seen_version=made.version)
    assert readers(session, "meeting_accepted") == [mentor.email]
    assert ".invalid" not in mails(session, "meeting_accepted")[0].calendar
    later = plan(hour=time(18))
    act(meetings.move, None, made.key, actor=staff, plan=later, seen_version=made.version)
    assert made.proposed_by is Side.MENTEE
    assert readers(session, "meeting_moved") == [mentor.email]
    assert session.scalars(sa.select(Notice.kind)).all() == told


def test_strangers_find_nothing_and_coordinators_do_not_plan(
    session, make, programme, tandem, act, propose
):
    made = propose()
    stranger, staff = make.mentee(programme).membership.account, make.coordinator(programme)
    elsewhere = make.coordinator(make.programme())
    for nobody in (stranger, elsewhere):
        for what in (meetings.accept, meetings.call_off, meetings.strike):
            with pytest.raises(NotFound):
                act(what, None, made.key, actor=nobody, seen_version=made.version)
        with pytest.raises(NotFound):
            act(meetings.log, None, tandem.key, actor=nobody, held=held())
    with pytest.raises(NotAllowed):
        act(meetings.propose, None, tandem.key, actor=staff, plan=plan())
    with pytest.raises(NotAllowed):
        act(meetings.accept, None, made.key, actor=staff, seen_version=made.version)


def test_two_who_move_at_once_do_not_overwrite_one_another(act, propose):
    made = propose()
    seen = made.version
    act(meetings.move, Side.MENTEE, made.key, plan=plan(hour=time(18)), seen_version=seen)
    with pytest.raises(Stale):
        act(meetings.move, Side.MENTOR, made.key, plan=plan(hour=time(9)), seen_version=seen)
    assert made.starts_at.astimezone(BERLIN).hour == 18

"""What comes due about meetings."""

from datetime import date, datetime, timedelta

from tandem.db import transaction
from tandem.models import MeetingState, Side, TandemState
from tandem.services import meetings
from tests.support import pairs
from tests.support.meeting import BERLIN, NOW, addresses, event_in, mails, plan, readers


def test_both_are_reminded_once_at_nine_on_the_day_before(session, tandem, accepted, attend):
    accepted()
    morning = datetime(2026, 10, 24, 9, tzinfo=BERLIN)
    attend(tandem, morning - timedelta(minutes=1))
    assert not mails(session, "meeting_reminder")
    assert tandem.due_at == morning
    for minutes in (0, 1, 600):
        attend(tandem, morning + timedelta(minutes=minutes))
    assert readers(session, "meeting_reminder") == addresses(tandem)
    assert {mail.calendar for mail in mails(session, "meeting_reminder")} == {""}


def test_who_wants_no_reminders_gets_none(session, make, tandem, accepted, attend):
    accepted()
    tandem.mentee.membership.quiet_at = NOW
    make.save(tandem.mentee.membership)
    attend(tandem, datetime(2026, 10, 24, 9, tzinfo=BERLIN))
    mentor, _mentee = addresses(tandem)
    assert readers(session, "meeting_reminder") == [mentor]


def test_who_has_just_agreed_is_not_reminded_of_it(session, tandem, accepted, attend, at):
    at(datetime(2026, 10, 24, 10, tzinfo=BERLIN))
    accepted()
    attend(tandem, datetime(2026, 10, 24, 11, tzinfo=BERLIN))
    assert not mails(session, "meeting_reminder")


def test_nobody_is_reminded_of_what_is_not_settled_or_is_over(session, tandem, propose, attend):
    made = propose()
    attend(tandem, datetime(2026, 10, 24, 9, tzinfo=BERLIN))
    attend(tandem, made.starts_at + timedelta(days=7))
    assert not mails(session, "meeting_reminder")
    assert made.state is MeetingState.PROPOSED


def test_a_meeting_that_was_moved_is_remembered_at_its_new_time(
    session, tandem, act, accepted, attend
):
    made = accepted()
    attend(tandem, datetime(2026, 10, 24, 9, tzinfo=BERLIN))
    tuesday = plan(day=date(2026, 10, 27))
    act(meetings.move, Side.MENTOR, made.key, plan=tuesday, seen_version=made.version)
    act(meetings.accept, Side.MENTEE, made.key, seen_version=made.version)
    attend(tandem, datetime(2026, 10, 26, 9, tzinfo=BERLIN))
    assert len(mails(session, "meeting_reminder")) == 4


def test_the_end_of_a_tandem_ends_what_it_had_planned(session, make, tandem, accepted, attend):
    made = accepted()
    tandem.state, tandem.ended_at = TandemState.COMPLETED, NOW
    make.save(tandem)
    attend(tandem, NOW + timedelta(minutes=1))
    assert made.state is MeetingState.CANCELLED
    assert {event_in(mail)[0] for mail in mails(session, "meeting_cancelled")} == {"CANCEL"}
    assert readers(session, "meeting_cancelled") == addresses(tandem)


def test_only_who_is_left_hears_of_the_end(session, programme, tandem, accepted):
    accepted()
    mentor, mentee = pairs.accounts_of(tandem)
    with transaction(session):
        meetings.end_plans(session, tandem, programme=programme, told=[Side.MENTOR])
    [mail] = mails(session, "meeting_cancelled")
    assert mail.to_address == mentor.email
    for name in (mentee.name, mentee.first_name, mentee.email):
        assert name not in mail.subject + mail.text + mail.html + mail.calendar

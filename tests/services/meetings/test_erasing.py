"""Meetings of somebody who is erased, and what they may take along before."""

from tandem.models import Calendar, MeetingState, Mood, Side
from tandem.services import calendars, erasing, meetings
from tandem.services.erasing import WhoAsked
from tandem.services.own_data.gathering import gather
from tests.support import pairs
from tests.support.meeting import addresses, event_in, held, mails


def erase(session, person, programme):
    erasing.erase(
        session,
        person,
        programme=programme,
        actor=person.membership.account,
        asked=WhoAsked.SELF,
    )


def test_what_was_said_goes_and_that_they_met_stays(session, programme, tandem, act):
    said = held(mood=Mood.GOOD, remark="Rima war da")
    made = act(meetings.log, Side.MENTOR, tandem.key, held=said)
    act(meetings.log, Side.MENTEE, tandem.key, held=held(mood=Mood.FAIR, remark="Gut"))
    erase(session, tandem.mentee, programme)
    session.refresh(made)
    assert (made.mentor_remark, made.mentee_remark) == ("", "")
    assert (made.mentor_mood, made.mentee_mood) == (Mood.GOOD, None)
    assert (made.state, made.minutes) == (MeetingState.HELD, 60)


def test_what_was_planned_is_called_off_without_naming_who_left(
    session, programme, tandem, accepted
):
    made = accepted(place="Bei Rima", topic="Rimas Lebenslauf")
    mentor, _mentee = addresses(tandem)
    erase(session, tandem.mentee, programme)
    session.refresh(made)
    assert (made.state, made.place, made.topic) == (MeetingState.CANCELLED, "", "")
    [mail] = mails(session, "meeting_cancelled")
    assert mail.to_address == mentor
    assert event_in(mail)[0] == "CANCEL"
    assert "Rima" not in mail.subject + mail.text + mail.html + mail.calendar
    assert not mails(session, "meeting_accepted")


def test_the_secret_address_goes_with_its_owner(session, programme, tandem):
    _mentor, mentee = pairs.accounts_of(tandem)
    calendars.open_calendar(session, programme=programme, actor=mentee)
    erase(session, tandem.mentee, programme)
    assert session.query(Calendar).count() == 0


def test_ones_own_words_are_handed_out_and_nobody_elses(session, programme, tandem, act):
    act(meetings.log, Side.MENTOR, tandem.key, held=held(mood=Mood.HARD, remark="Anstrengend"))
    act(meetings.log, Side.MENTEE, tandem.key, held=held(mood=Mood.GOOD, remark="Schön"))
    mentor, mentee = pairs.accounts_of(tandem)
    calendar = calendars.open_calendar(session, programme=programme, actor=mentee)
    found = gather(session, actor=mentee, programme=programme)
    [meeting] = found["meetings"]
    assert (meeting["how_it_was_for_you"], meeting["you_wrote"]) == ("good", "Schön")
    assert "Anstrengend" not in str(found)
    assert calendar.nonce not in str(found["calendars"])
    assert len(found["calendars"]) == 1
    theirs = gather(session, actor=mentor, programme=programme)
    assert "Schön" not in str(theirs)

"""Entries of calendars, their time zones, and the secret address that gives them all."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import icalendar
import pytest
import sqlalchemy as sa

from tandem import work
from tandem.clock import now
from tandem.config import Settings
from tandem.errors import NotAllowed, NotFound
from tandem.models import Calendar, Mail, Meeting, MeetingState, Side, TandemState, Way
from tandem.services import calendars, mails, meetings
from tandem.services.calendars.zones import time_zone
from tests.support import pairs

KEY = "the service's own key"
BERLIN = ZoneInfo("Europe/Berlin")
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)


@pytest.fixture
def programme(make):
    return make.programme(contact_email="office@programme.example")


@pytest.fixture
def tandem(make, programme):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima"))
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)


@pytest.fixture
def met(make, tandem):
    def saved(starts_at=None, *, pair=tandem, states=(), **values):
        defaults = {"minutes": 60, "way": Way.IN_PERSON, "proposed_by": Side.MENTOR}
        meeting = make.save(
            Meeting(
                programme_id=pair.programme_id,
                tandem_id=pair.id,
                starts_at=starts_at or now() + timedelta(days=1),
                **(defaults | values),
            )
        )
        for state in states:
            meeting.state, meeting.logged_at = state, now()
            make.save(meeting)
        return meeting

    return saved


@pytest.fixture
def calendar(session, programme, tandem):
    _mentor, mentee = pairs.accounts_of(tandem)
    return calendars.open_calendar(session, programme=programme, actor=mentee)


def events(text):
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def entry_of(meeting, tandem, programme):
    text = calendars.request(meeting, tandem, programme=programme, reader=Side.MENTEE)
    [event] = events(text)
    return text, event


def offset_at(zone, local):
    """Return the offset that a calendar works out from a VTIMEZONE: the last change before."""
    parts = [(part["DTSTART"].dt, part["TZOFFSETTO"].td) for part in zone.subcomponents]
    return max(part for part in parts if part[0] <= local)[1]


@pytest.mark.parametrize(
    ("local", "offset"),
    [
        ("2026-10-24T17:30", SUMMER),
        ("2026-10-25T01:59", SUMMER),
        ("2026-10-25T17:30", WINTER),
        ("2027-03-27T17:30", WINTER),
        ("2027-03-28T03:00", SUMMER),
        ("2027-03-28T17:30", SUMMER),
        ("2026-01-01T00:00", WINTER),
    ],
)
def test_a_zone_knows_when_its_clocks_change(local, offset):
    zone = time_zone("Europe/Berlin", 2026, 2027)
    at = datetime.fromisoformat(local)
    assert offset_at(zone, at) == offset == at.replace(tzinfo=BERLIN).utcoffset()


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
)
def test_a_zone_agrees_with_the_clocks_of_every_noon(name):
    zone, clocks = time_zone(name, 2026, 2027), ZoneInfo(name)
    noon = datetime.fromisoformat("2026-01-01T12:00")
    for days in range(730):
        at = noon + timedelta(days=days)
        assert offset_at(zone, at) == at.replace(tzinfo=clocks).utcoffset(), at


def test_a_zone_tells_a_change_by_the_clocks_before_it():
    zone = time_zone("Europe/Berlin", 2026, 2026)
    changes = [(p.name, f"{p.DTSTART:%m-%d %H:%M}") for p in zone.subcomponents]
    assert changes[1:] == [("DAYLIGHT", "03-29 02:00"), ("STANDARD", "10-25 03:00")]


def test_half_past_five_stays_half_past_five_when_the_clocks_change(tandem, programme, met):
    for day, utc_hour in ((24, 15), (25, 16)):
        meeting = met(datetime(2026, 10, day, utc_hour, 30, tzinfo=UTC))
        text, event = entry_of(meeting, tandem, programme)
        assert f"DTSTART;TZID=Europe/Berlin:202610{day}T173000" in text
        assert event["DTSTART"].dt.astimezone(UTC) == meeting.starts_at


def test_a_meeting_across_the_change_lasts_as_long_as_it_lasts(tandem, programme, met):
    meeting = met(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), minutes=90)
    text, _event = entry_of(meeting, tandem, programme)
    assert "DTSTART;TZID=Europe/Berlin:20261025T023000" in text
    assert "DTEND;TZID=Europe/Berlin:20261025T030000" in text


def test_hostile_words_stay_words(make, tandem, programme, met):
    place = "Café; BEGIN:VEVENT, \\n ä" + "x" * 150
    _text, event = entry_of(met(place=place, topic="A,B;C"), tandem, programme)
    assert str(event["LOCATION"]) == place
    assert str(event["DESCRIPTION"]) == "A,B;C"


def test_a_name_cannot_break_out_of_its_parameter(make, tandem, programme, met):
    account = pairs.accounts_of(tandem)[0]
    account.last_name = 'O"Brien;X=1:mailto:evil@example.org'
    make.save(account)
    _text, event = entry_of(met(), tandem, programme)
    assert len(event["ATTENDEE"]) == 2
    assert "evil@example.org" not in {str(each) for each in event["ATTENDEE"]}


def test_lines_are_folded_and_end_as_the_standard_wants(tandem, programme, met):
    text, _event = entry_of(met(topic="ü" * 180), tandem, programme)
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75


def test_who_has_no_address_is_no_attendee(make, tandem, programme, met):
    account = pairs.accounts_of(tandem)[1]
    account.email = "nobody@entered.invalid"
    make.save(account)
    text, _event = entry_of(met(), tandem, programme)
    assert ".invalid" not in text


def test_the_mail_carries_the_entry_to_read_and_to_save(session, tandem, programme):
    mentor, mentee = pairs.accounts_of(tandem)
    day = (now() + timedelta(days=3)).date()
    plan = meetings.Plan(day=day, hour=datetime.min.time(), minutes=60, way=Way.VIDEO)
    made = meetings.propose(session, tandem.key, programme=programme, actor=mentor, plan=plan)
    meetings.accept(session, made.key, programme=programme, actor=mentee, seen_version=made.version)
    mail = session.scalars(
        sa.select(Mail).where(Mail.kind == "meeting_accepted", Mail.to_address == mentor.email)
    ).one()
    sent: list[EmailMessage] = []
    claim = work.claim(
        session, Mail, now=now(), lease=timedelta(minutes=1), only=Mail.id == mail.id
    )
    settings = Settings(secret_key=KEY, database_url="sqlite://")
    mails.send(session, claim, settings=settings, deliver=sent.append)
    received = message_from_bytes(sent[0].as_bytes(policy=policy.SMTP), policy=policy.default)
    kinds = [part.get_content_type() for part in received.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    *_, shown, saved = received.walk()
    assert shown.get_param("method") == "REQUEST"
    assert saved.get_filename() == "meeting.ics"
    assert saved.get_content().decode() == mail.calendar
    assert [str(e["UID"]) for e in events(shown.get_content())] == [
        f"{made.key}@{programme.slug}.tandem"
    ]


def test_an_address_gives_what_is_suggested_settled_and_held(session, calendar, met):
    met(topic="suggested")
    met(states=[MeetingState.ACCEPTED], topic="settled")
    met(states=[MeetingState.HELD], topic="held", proposed_by=None)
    met(states=[MeetingState.MISSED])
    met(states=[MeetingState.CANCELLED])
    found = events(calendars.read_calendar(session, calendar))
    assert {str(e["DESCRIPTION"]): str(e["STATUS"]) for e in found} == {
        "suggested": "TENTATIVE",
        "settled": "CONFIRMED",
        "held": "CONFIRMED",
    }
    assert len(found) == 3


def test_what_was_only_written_down_fills_its_day(session, calendar, met):
    met(datetime(2026, 11, 3, 11, tzinfo=UTC), states=[MeetingState.HELD], proposed_by=None)
    [event] = events(calendars.read_calendar(session, calendar))
    assert event["DTSTART"].dt.isoformat() == "2026-11-03"


def test_an_address_gives_all_tandems_of_its_owner_and_nobody_elses(
    session, make, programme, tandem, met
):
    mentor = tandem.mentor
    mentor.capacity = 2
    make.save(mentor)
    session.refresh(tandem)
    second = pairs.tandem(make, mentor, make.mentee(programme), TandemState.ACTIVE)
    other = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    met(topic="first")
    met(topic="second", pair=second)
    met(topic="other", pair=other)
    account = mentor.membership.account
    calendar = calendars.open_calendar(session, programme=programme, actor=account)
    found = events(calendars.read_calendar(session, calendar))
    assert {str(e["DESCRIPTION"]) for e in found} == {"first", "second"}


def test_an_address_is_found_by_its_secret_alone(session, calendar):
    link = calendars.link_of(calendar, secret_key=KEY)
    assert calendars.find_calendar(session, link, secret_key=KEY) is calendar
    assert len(link.partition(".")[2]) == 64
    wrong = [link[:-1] + ("0" if link[-1] != "0" else "1"), calendar.key, f"{calendar.key}.", "x.y"]
    for each in (*wrong, f"{calendar.key}.ü", "\ud800.x"):
        with pytest.raises(NotFound):
            calendars.find_calendar(session, each, secret_key=KEY)
    with pytest.raises(NotFound):
        calendars.find_calendar(session, link, secret_key="another key")


def test_a_secret_is_kept_nowhere(session, calendar):
    link = calendars.link_of(calendar, secret_key=KEY)
    row = session.execute(sa.select(Calendar.__table__)).one()
    assert link.partition(".")[2] not in str(row)


def test_renewing_makes_the_old_address_useless(session, programme, tandem, calendar):
    _mentor, mentee = pairs.accounts_of(tandem)
    old = calendars.link_of(calendar, secret_key=KEY)
    again = calendars.open_calendar(session, programme=programme, actor=mentee)
    assert again.id == calendar.id
    with pytest.raises(NotFound):
        calendars.find_calendar(session, old, secret_key=KEY)
    new = calendars.link_of(again, secret_key=KEY)
    assert calendars.find_calendar(session, new, secret_key=KEY) is again


def test_closing_takes_the_address_away(session, programme, tandem, calendar):
    _mentor, mentee = pairs.accounts_of(tandem)
    link = calendars.link_of(calendar, secret_key=KEY)
    for _ in range(2):
        calendars.close_calendar(session, programme=programme, actor=mentee)
    assert calendars.my_calendar(session, programme=programme, actor=mentee) is None
    with pytest.raises(NotFound):
        calendars.find_calendar(session, link, secret_key=KEY)


def test_who_may_not_sign_in_reads_no_calendar(session, make, tandem, calendar):
    _mentor, mentee = pairs.accounts_of(tandem)
    link = calendars.link_of(calendar, secret_key=KEY)
    mentee.disabled_at = now()
    make.save(mentee)
    with pytest.raises(NotFound):
        calendars.find_calendar(session, link, secret_key=KEY)


def test_only_who_takes_part_has_an_address(session, make, programme):
    with pytest.raises(NotAllowed):
        calendars.open_calendar(session, programme=programme, actor=make.coordinator(programme))


def test_a_reading_is_kept_to_the_hour(session, monkeypatch, calendar):
    first = now()
    for minutes in (0, 59, 61):
        at = first + timedelta(minutes=minutes)
        monkeypatch.setattr("tandem.services.calendars.addresses.now", lambda at=at: at)
        calendars.note_reading(session, calendar)
        session.refresh(calendar)
        assert calendar.read_at == (first if minutes < 60 else at)

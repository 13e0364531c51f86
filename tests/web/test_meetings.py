"""Meetings on their pages, on the page of the tandem, and in one's own calendar."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import Meeting, MeetingState, Mood, Side, TandemState, Way
from tandem.services.programmes import local_day, today
from tests.support import pairs
from tests.support.counting import statements

DAY = timedelta(days=1)


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    mentee = make.mentee(programme, account=make.account(first_name="Rima"))
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def url(programme, tandem):
    def address(page="", meeting=None):
        if meeting is not None:
            return f"/{programme.slug}/meetings/{meeting.key}{page and '/'}{page}"
        noun = "diary" if page else "tandems"
        return f"/{programme.slug}/{noun}/{tandem.key}{page and '/'}{page}"

    return address


@pytest.fixture
def as_side(sign_in, tandem):
    def as_(side):
        mentor, mentee = pairs.accounts_of(tandem)
        return sign_in(mentor if side is Side.MENTOR else mentee)

    return as_


@pytest.fixture
def planned(make, tandem):
    """Save a meeting that the mentor suggested."""

    def made(starts_at, *states, **values):
        defaults = {"minutes": 60, "way": Way.IN_PERSON, "proposed_by": Side.MENTOR}
        meeting = make.save(
            Meeting(
                programme_id=tandem.programme_id,
                tandem_id=tandem.id,
                starts_at=starts_at,
                **(defaults | values),
            )
        )
        for state in states:
            meeting.state = state
            meeting.logged_at = now() if state is MeetingState.HELD else None
            make.save(meeting)
        return meeting

    return made


def only(session):
    return session.query(Meeting).one()


def tomorrow(programme):
    return {"day": str(today(programme) + DAY), "hour": "17:30"}


def test_before_any_meeting_the_page_says_what_comes_first(as_side, url):
    text = as_side(Side.MENTOR).get(url()).text
    assert "Your next step: a first meeting" in text
    assert "Suggest a meeting" in text
    assert "No meeting yet" in text


def test_one_suggests_and_the_other_says_yes(session, as_side, url, programme):
    client = as_side(Side.MENTOR)
    place = {"place": "Café am Markt", "topic": "Lebenslauf"}
    text = client.submit(url("plan"), tomorrow(programme) | place).text
    assert "Your suggestion is on its way." in text
    assert "<bdi>Rima</bdi> has not answered yet." in text
    meeting = only(session)
    client = as_side(Side.MENTEE)
    text = client.get(url()).text
    assert "<bdi>Maren</bdi> suggests this." in text
    assert "Café am Markt" in text
    text = client.submit(url(), action=url("accept", meeting)).text
    assert "It is settled." in text
    assert "Next meeting:" in text
    assert meeting.state is MeetingState.ACCEPTED


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"day": "", "hour": ""}, "Please fill this in."),
        ({"day": "2020-01-01"}, "This time is over already."),
        ({"day": "9999-12-31"}, "within the next twelve months"),
        ({"place": "x" * 201}, "Use at most 200 characters."),
        ({"minutes": "100000"}, "This is not on the list."),
    ],
)
def test_what_is_no_plan_is_refused_beside_the_field(as_side, url, programme, entered, words):
    answer = as_side(Side.MENTOR).submit(url("plan"), tomorrow(programme) | entered)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_plan_is_moved_and_keeps_an_unusual_length(as_side, url, programme, planned):
    meeting = planned(now() + 2 * DAY, minutes=75, topic="Lebenslauf")
    client = as_side(Side.MENTEE)
    page = client.get(url("move", meeting)).text
    assert "75 minutes" in page
    client.submit(url("move", meeting), {"hour": "08:15"})
    assert (meeting.minutes, meeting.topic) == (75, "Lebenslauf")
    assert meeting.proposed_by is Side.MENTEE


def test_who_moves_what_was_moved_meanwhile_sees_both_versions(make, as_side, url, planned):
    meeting = planned(now() + 2 * DAY, place="Bahnhof")
    client = as_side(Side.MENTEE)
    old = str(meeting.version)
    meeting.place = "Bibliothek"
    make.save(meeting)
    answer = client.submit(url("move", meeting), {"place": "Museum", "version": old})
    assert answer.status_code == 409
    assert "Bibliothek" in answer.text
    assert 'value="Museum"' in answer.text
    assert meeting.place == "Bibliothek"
    assert f'value="{meeting.version}"' in answer.text


def test_an_answer_to_what_was_called_off_is_told_so(make, as_side, url, planned):
    meeting = planned(now() + 2 * DAY)
    client = as_side(Side.MENTEE)
    page = client.get(url()).text
    meeting.state = MeetingState.CANCELLED
    make.save(meeting)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post(url("accept", meeting), data={"csrf_token": token, "version": "1"})
    assert answer.status_code == 409
    assert "It was called off." in answer.text


def test_a_planned_meeting_is_called_off(as_side, url, planned):
    meeting = planned(now() + 2 * DAY, MeetingState.ACCEPTED)
    client = as_side(Side.MENTEE)
    text = client.submit(url("", meeting), action=url("call-off", meeting)).text
    assert "The meeting is called off" in text
    assert meeting.state is MeetingState.CANCELLED


def test_three_taps_write_a_meeting_down(session, as_side, url, programme):
    client = as_side(Side.MENTEE)
    data = {"when": "yesterday", "way": "video", "mood": "good"}
    text = client.submit(url(), data, action=url("log")).text
    assert "The meeting is written down." in text
    assert "One meeting so far" in text
    meeting = only(session)
    assert (meeting.state, meeting.way, meeting.minutes) == (MeetingState.HELD, Way.VIDEO, 60)
    assert meeting.mentee_mood is Mood.GOOD
    assert local_day(meeting.starts_at, programme) == today(programme) - DAY


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "This day is still to come."), (-90, "The tandem did not run on that day.")],
)
def test_a_day_outside_is_refused_beside_the_field(as_side, url, programme, days, words):
    data = {"when": "other", "day": str(today(programme) + days * DAY)}
    answer = as_side(Side.MENTOR).submit(url(), data, action=url("log"))
    assert answer.status_code == 422
    assert words in answer.text


def test_another_day_needs_a_day(as_side, url):
    answer = as_side(Side.MENTOR).submit(url(), {"when": "other"}, action=url("log"))
    assert answer.status_code == 422
    assert "Please enter the day." in answer.text


def test_a_planned_meeting_whose_time_is_over_asks_whether_it_took_place(as_side, url, planned):
    meeting = planned(now() - DAY, MeetingState.ACCEPTED)
    client = as_side(Side.MENTOR)
    assert "Did you meet on" in client.get(url()).text
    data = {"happened": "no", "remark": "Krank"}
    client.submit(url(), data, action=url("log", meeting))
    assert (meeting.state, meeting.mentor_remark) == (MeetingState.MISSED, "Krank")
    text = client.get(url()).text
    assert "did not take place" in text
    assert "Did you meet on" not in text


def test_a_mistake_is_put_right_and_struck_out(as_side, url, planned):
    meeting = planned(now() - DAY, MeetingState.HELD)
    client = as_side(Side.MENTEE)
    assert "Put this right" in client.get(url("", meeting)).text
    client.submit(url("log", meeting), {"happened": "no"})
    assert meeting.state == MeetingState.MISSED
    client.submit(url("log", meeting), action=url("strike", meeting))
    assert meeting.state == MeetingState.CANCELLED
    assert client.get(url("log", meeting)).status_code == 303


def test_what_was_written_down_meanwhile_is_shown_beside_what_was_entered(
    make, as_side, url, planned
):
    meeting = planned(now() - DAY, MeetingState.ACCEPTED)
    client = as_side(Side.MENTEE)
    old = str(meeting.version)
    meeting.state, meeting.logged_at = MeetingState.MISSED, now()
    make.save(meeting)
    answer = client.submit(url("log", meeting), {"happened": "yes", "version": old})
    assert answer.status_code == 409
    assert "Now it says: did not take place." in answer.text
    assert meeting.state is MeetingState.MISSED


def test_how_it_was_is_for_the_coordination_alone(
    sign_in, coordinator, as_side, make, url, planned
):
    meeting = planned(now() - DAY, MeetingState.HELD)
    meeting.mentee_mood, meeting.mentee_remark = Mood.HARD, "Es war laut"
    make.save(meeting)
    mentor = as_side(Side.MENTOR)
    for page in (url(), url("", meeting), url("log", meeting)):
        assert "Es war laut" not in mentor.get(page).text
    assert "Es war laut" in as_side(Side.MENTEE).get(url("", meeting)).text
    text = sign_in(coordinator).get(url()).text
    assert "Es war laut" in text
    assert "Difficult" in text


def test_a_coordinator_writes_a_meeting_down(session, sign_in, coordinator, url):
    client = sign_in(coordinator)
    page = client.get(url("log")).text
    assert "How was it?" not in page
    client.submit(url("log"), {"when": "today"})
    assert only(session).logged_by is None
    assert "One meeting so far" in client.get(url()).text


def test_a_coordinator_does_not_plan_for_who_can_do_it_themselves(sign_in, coordinator, url):
    client = sign_in(coordinator)
    assert client.get(url("plan")).status_code == 403
    assert "Suggest a meeting" not in client.get(url()).text


@pytest.mark.parametrize("state", [TandemState.PAUSED, TandemState.COMPLETED])
def test_a_tandem_that_does_not_run_plans_nothing(as_side, url, make, tandem, state):
    tandem.state = state
    make.save(tandem)
    client = as_side(Side.MENTOR)
    text = client.get(url()).text
    assert "Suggest a meeting" not in text
    assert ("Write a meeting down" in text) is (state is TandemState.PAUSED)
    assert ("All meetings in my own calendar" in text) is (state is TandemState.PAUSED)
    assert client.get(url("plan")).status_code == 409


def test_what_a_tandem_had_planned_is_not_answered_after_its_end(
    as_side, url, make, tandem, planned
):
    meeting = planned(now() + DAY)
    tandem.state = TandemState.COMPLETED
    make.save(tandem)
    client = as_side(Side.MENTEE)
    for page in (url(), url("", meeting)):
        assert "Yes, that suits me" not in client.get(page).text
    assert client.get(url("move", meeting)).status_code == 303


def test_a_coordinator_does_not_move_what_is_for_others_to_move(sign_in, coordinator, url, planned):
    client = sign_in(coordinator)
    assert client.get(url("move", planned(now() + DAY))).status_code == 303


def test_strangers_find_no_meeting(sign_in, make, programme, url, planned):
    meeting = planned(now() + DAY)
    client = sign_in(make.mentee(programme).membership.account)
    for page in ("", "move", "log", "entry.ics"):
        assert client.get(url(page, meeting)).status_code == 404
    for page in ("plan", "log"):
        assert client.get(url(page)).status_code == 404


def test_the_entry_of_one_meeting_is_a_file(as_side, url, planned):
    meeting = planned(now() + DAY, topic="Lebenslauf")
    answer = as_side(Side.MENTEE).get(url("entry.ics", meeting))
    assert answer.mimetype == "text/calendar"
    assert "attachment" in answer.headers["Content-Disposition"]
    for words in ("Maren", "Lebenslauf", "TENTATIVE", "BEGIN:VTIMEZONE"):
        assert words in answer.text


@pytest.mark.parametrize("reader", ["mentor", "mentee", "coordinator"])
def test_many_meetings_take_few_statements(
    session, sign_in, coordinator, as_side, url, planned, reader
):
    for days in range(1, 30):
        planned(now() - days * DAY, MeetingState.HELD)
    planned(now() + DAY)
    client = sign_in(coordinator) if reader == "coordinator" else as_side(Side(reader))
    page = url()
    with statements(session) as seen:
        text = client.get(page).text
    assert "29 meetings so far" in text
    assert len(seen) <= 12, seen

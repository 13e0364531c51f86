"""On the pages of a tandem: a coordinator writes down what somebody says who is called."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import Meeting, MeetingState, Mood, Side, TandemState, Way
from tests.support import called, pairs

DAY = timedelta(days=1)
ASKED = "From whom does this come?"


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme, first_name="Svenja", last_name="Marsch")


@pytest.fixture
def tandem(make, programme, coordinator):
    mentor = make.mentor(programme, account=make.account(first_name="Maren"))
    rima = make.account(first_name="Rima", last_name="Ohne")
    mentee = called.without_address(make, make.mentee(programme, account=rima))
    return pairs.tandem(make, mentor, mentee, TandemState.ACTIVE, by=coordinator)


@pytest.fixture
def staff(sign_in, coordinator):
    return sign_in(coordinator)


@pytest.fixture
def url(tandem):
    return lambda action="", noun="tandems": f"/heide/{noun}/{tandem.key}{action and '/'}{action}"


def test_an_end_comes_from_who_wants_it_and_the_record_says_who_wrote_it(staff, url, tandem):
    page = url("end")
    assert ASKED in staff.get(page).text
    answer = staff.submit(page, {"reason": "moved"})
    assert answer.status_code == 422
    assert "Please choose one." in answer.text
    text = staff.submit(page, {"reason": "moved", "said_by": "mentee"}).text
    assert tandem.ended_by is Side.MENTEE
    assert "Written down by" in text
    assert "Svenja Marsch" in text


def test_a_break_comes_from_who_wants_it_and_ends_with_them(staff, url, tandem):
    text = staff.submit(url("pause"), {"said_by": "mentee"}).text
    assert tandem.paused_until is None
    assert "<bdi>Rima Ohne</bdi> wants to go on" in text
    staff.submit(url(), {"said_by": "mentee"}, action=url("resume"))
    assert tandem.state is TandemState.ACTIVE


def test_what_the_coordination_decides_comes_from_nobody_else(staff, url, tandem):
    staff.submit(url("end"), {"reason": "moved", "said_by": "staff"})
    assert (tandem.state, tandem.ended_by) == (TandemState.ENDED_EARLY, None)


def test_how_a_meeting_was_is_told_by_somebody(staff, url, session, tandem):
    page, met = url("log", "diary"), {"when": "today", "mood": "good", "remark": "Went well."}
    answer = staff.submit(page, met | {"said_by": "staff"})
    assert answer.status_code == 422
    assert "Choose who says how it was, or leave that empty." in answer.text
    staff.submit(page, met | {"said_by": "mentee"})
    meeting = session.query(Meeting).one()
    assert (meeting.mentee_mood, meeting.mentee_remark) == (Mood.GOOD, "Went well.")
    page = f"/heide/meetings/{meeting.key}/log"
    staff.submit(page, {"said_by": "staff", "minutes": "90"})
    assert (meeting.minutes, meeting.mentee_mood) == (90, Mood.GOOD)


def test_a_meeting_is_accepted_and_called_off_for_who_is_called(
    staff, make, session, programme, tandem
):
    meeting = make.save(
        Meeting(
            programme_id=programme.id,
            tandem_id=tandem.id,
            starts_at=now() + 3 * DAY,
            minutes=60,
            way=Way.IN_PERSON,
            proposed_by=Side.MENTOR,
        )
    )
    page = f"/heide/meetings/{meeting.key}"
    assert "<bdi>Rima</bdi> agrees" in staff.get(page).text
    staff.submit(page, action=f"{page}/accept")
    assert meeting.sequence == 1
    assert "<bdi>Rima Ohne</bdi> calls it off" in staff.get(page).text
    staff.submit(page, {"said_by": "mentee"}, action=f"{page}/call-off")
    assert meeting.state is MeetingState.CANCELLED


@pytest.mark.parametrize(
    ("noun", "action"), [("tandems", "end"), ("tandems", "pause"), ("diary", "log")]
)
def test_nobody_is_asked_where_both_sign_in(sign_in, make, programme, coordinator, noun, action):
    both = pairs.tandem(
        make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE, by=coordinator
    )
    assert ASKED not in sign_in(coordinator).get(f"/heide/{noun}/{both.key}/{action}").text


@pytest.mark.parametrize("action", ["end", "pause"])
def test_the_other_side_is_not_asked_and_cannot_answer_it(sign_in, url, tandem, action):
    mentor = sign_in(tandem.mentor.membership.account)
    assert ASKED not in mentor.get(url(action)).text
    mentor.submit(url(action), {"reason": "moved", "said_by": "mentee"})
    assert tandem.ended_by is (Side.MENTOR if action == "end" else None)

"""On the page of somebody who is called: their rights, used by a coordinator on their word."""

import pytest

from tandem.models import Look, ProfileState, Role, TandemState
from tests.support import called, pairs


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


@pytest.fixture
def person(make, programme):
    rima = make.account(first_name="Rima", last_name="Onhe")
    return called.without_address(make, make.mentee(programme, account=rima))


@pytest.fixture
def staff(sign_in, make, programme):
    return sign_in(make.coordinator(programme))


@pytest.fixture
def press(staff, person):
    """Press a button on the page of the person."""

    def button(act):
        return staff.submit(f"/heide/people/{person.key}", action=f"/heide/desk/{person.key}/{act}")

    return button


def state_of(session, person):
    session.expire_all()
    return pairs.in_force(session, person).state


def test_a_break_and_back(press, session, person):
    assert "Record that they come back" in press("pause").text
    assert state_of(session, person) is ProfileState.PAUSED
    assert "Record that they take a break" in press("resume").text
    assert state_of(session, person) is ProfileState.APPROVED


def test_an_objection_and_back(press, session, person):
    assert "Has objected to being matched since" in press("object").text
    assert person.objected_at is not None
    assert "Record that they object to being matched" in press("object/undo").text
    session.expire_all()
    assert person.objected_at is None


def test_their_data_are_handed_over_and_the_look_is_noted(staff, session, person):
    answer = staff.get(f"/heide/desk/{person.key}/data.zip")
    assert answer.mimetype == "application/zip"
    assert 'filename="heide-data.zip"' in answer.headers["Content-Disposition"]
    assert session.query(Look).filter_by(mentee_id=person.id).count() == 1


def test_a_name_is_put_right(staff, person):
    page, action = (f"/heide/people/{person.key}/reach{end}" for end in ("", "/name"))
    refused = staff.submit(page, {"last_name": ""}, action=action)
    assert refused.status_code == 422
    assert "Please fill this in." in refused.text
    staff.submit(page, {"last_name": "Ohne"}, action=action)
    assert person.name == "Rima Ohne"


def test_changes_are_taken_back_and_dropped_at_the_desk(staff, make, session, person):
    make.profile(person, state=ProfileState.SUBMITTED, number=2)
    desk = f"/heide/desk/{person.key}"
    text = staff.submit(desk, action=f"{desk}/take-back").text
    assert "Drop these changes" in text
    assert "The changes are dropped." in staff.submit(desk, action=f"{desk}/discard").text
    assert "Drop these changes" not in staff.get(desk).text


def test_nothing_is_offered_for_whom_one_is_in_a_tandem_with(sign_in, make, programme, person):
    mentor = make.mentor(programme)
    pairs.tandem(make, mentor, person, TandemState.ACTIVE)
    make.membership(programme, Role.COORDINATOR, mentor.membership.account)
    make.session.expire_all()
    text = sign_in(mentor.membership.account).get(f"/heide/people/{person.key}").text
    assert "Fill in their profile" in text
    assert "Record that they object to being matched" not in text


def test_whoever_signs_in_uses_their_rights_themselves(staff, make, programme):
    other = make.mentee(programme)
    text = staff.get(f"/heide/people/{other.key}").text
    assert "Record that they take a break" not in text
    assert staff.get(f"/heide/desk/{other.key}/data.zip").status_code == 403

"""What people may do with their data is done for those too who are called (GDPR, TRUST H1)."""

import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, ProfileState, Role, Side, TandemState
from tandem.services import own_data, people, profiles, rounds
from tests.support import called, pairs


@pytest.fixture
def programme(make):
    return make.programme()


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme)


@pytest.fixture(params=Side)
def person(request, make, programme):
    made = make.mentor(programme) if request.param is Side.MENTOR else make.mentee(programme)
    return called.without_address(make, made)


@pytest.fixture
def act(session, programme, coordinator, person):
    def run(what, *, by=coordinator, **values):
        done = what(session, actor=by, programme=programme, about=person.key, **values)
        session.expire_all()
        return done

    return run


ACTS = [
    profiles.pause,
    own_data.object_to_matching,
    own_data.take_objection_back,
    own_data.export,
]


def reason(session, programme, person):
    found = rounds.find_candidates(session, programme).everyone
    return next(each.reason for each in found if each.key == person.key)


def by_whom(session, *actions):
    query = sa.select(AuditEvent).where(AuditEvent.action.in_(actions)).order_by(AuditEvent.id)
    return [(event.action, event.account_id) for event in session.scalars(query)]


def test_a_break_keeps_them_out_of_rounds(session, programme, coordinator, person, act):
    act(profiles.pause)
    assert reason(session, programme, person) is not None
    act(profiles.resume)
    assert reason(session, programme, person) is None
    did = by_whom(session, "pause_profile", "resume_profile")
    assert did == [("pause_profile", coordinator.id), ("resume_profile", coordinator.id)]


def test_an_objection_acts_at_once(session, programme, coordinator, person, act):
    act(own_data.object_to_matching)
    assert reason(session, programme, person) == "objected"
    act(own_data.take_objection_back)
    assert reason(session, programme, person) is None
    did = by_whom(session, "object_to_matching", "take_objection_back")
    assert [account for _, account in did] == [coordinator.id] * 2


def test_their_data_are_handed_over(person, act):
    with zipfile.ZipFile(io.BytesIO(act(own_data.export))) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["account"][0]["last_name"] == person.membership.account.last_name
    assert data["roles"][0]["informed_in_person_at"]


def test_their_name_is_put_right(session, coordinator, person, act):
    act(own_data.change_name, first_name="Rima", last_name="Nurani")
    assert person.name == "Rima Nurani"
    assert by_whom(session, "change_name") == [("change_name", coordinator.id)]


def test_their_changed_answers_are_taken_back_and_dropped(
    session, make, programme, coordinator, person, act
):
    changed = make.profile(person, state=ProfileState.SUBMITTED, number=2)
    act(profiles.take_back)
    assert changed.state is ProfileState.WITHDRAWN
    act(profiles.discard)
    found = people.get_person(session, person.key, programme=programme, actor=coordinator)
    assert found.waiting is None
    assert found.in_force is not None
    states = [version.state for version in found.versions]
    assert states == [ProfileState.WITHDRAWN, ProfileState.WITHDRAWN, ProfileState.APPROVED]


@pytest.mark.parametrize("what", ACTS)
def test_nobody_does_it_for_who_has_taken_the_account_over(make, person, act, what):
    account = person.membership.account
    account.confirmed_at = now()
    make.save(account)
    with pytest.raises(NotAllowed):
        act(what)


@pytest.mark.parametrize("what", ACTS)
def test_nobody_does_it_elsewhere_or_without_the_task(make, programme, act, what):
    for stranger in (make.coordinator(), make.mentee(programme).membership.account):
        with pytest.raises((NotAllowed, NotFound)):
            act(what, by=stranger)


@pytest.mark.parametrize("what", ACTS[1:])
def test_nobody_does_it_for_whom_they_are_in_a_tandem_with(make, programme, person, act, what):
    """Else a mentor who coordinates would read what their mentee told the coordination alone."""
    is_mentor = hasattr(person, "company_id")
    across = make.mentee(programme) if is_mentor else make.mentor(programme)
    pairs.tandem(make, *((person, across) if is_mentor else (across, person)), TandemState.ACTIVE)
    account = across.membership.account
    make.membership(programme, Role.COORDINATOR, account)
    make.session.expire_all()
    with pytest.raises(NotAllowed):
        act(what, by=account)

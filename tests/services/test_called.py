"""People without an account of their own: given the notice in person, called, and matched."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, Mail, Mentee, ProfileState, Side
from tandem.services import desk, entering, rounds
from tandem.services.permissions import can_answer_for, is_called
from tandem.services.programmes import local_day, today
from tests.support.clocks import stopped


@pytest.fixture
def enter(session, make, programme, coordinator):
    """Enter somebody at the desk, with an approved profile unless told otherwise."""

    def at_desk(side=Side.MENTEE, *, email="", state=ProfileState.APPROVED, **values):
        draft = desk.DeskDraft(
            side=side,
            person=entering.Entry(first_name="Rima", last_name="Ohne", email=email, locale="de"),
            company_key=make.company(programme).key if side is Side.MENTOR else "",
        )
        person = desk.enter_at_desk(session, draft, programme=programme, actor=coordinator)
        if state is not None:
            make.profile(person, state=state, **values)
        return person

    return at_desk


def reasons(session, programme):
    found = rounds.find_candidates(session, programme)
    return {each.key: each.reason for each in found.everyone}


@pytest.mark.parametrize("side", Side)
def test_whoever_has_no_address_takes_part(session, programme, enter, coordinator, side):
    person = enter(side)
    assert is_called(person)
    assert can_answer_for(coordinator, person)
    assert reasons(session, programme) == {person.key: None}
    [candidate] = rounds.find_candidates(session, programme).everyone
    assert candidate.is_called


@pytest.mark.parametrize("email", ["", "rima@post.example"])
def test_a_double_click_enters_once(session, enter, email):
    """E3."""
    assert enter(email=email, state=None).id == enter(email=email, state=None).id
    assert session.scalar(sa.select(sa.func.count(Mentee.id))) == 1


def test_another_of_the_same_name_is_somebody_else(enter, monkeypatch):
    first = enter(state=None)
    stopped(monkeypatch, now() + timedelta(minutes=5))
    assert enter(state=None).id != first.id


def test_whoever_has_an_address_first_takes_their_account_over(session, programme, enter):
    person = enter(email="rima@post.example")
    assert not is_called(person)
    assert reasons(session, programme) == {person.key: "not_confirmed"}


def test_whoever_came_from_a_list_takes_part_once_the_notice_was_given(
    session, make, programme, coordinator, enter
):
    person = enter()
    person.informed_at = None
    make.save(person)
    assert reasons(session, programme) == {person.key: "not_confirmed"}
    day = today(programme) - timedelta(days=3)
    desk.inform(session, person.key, day, programme=programme, actor=coordinator)
    assert local_day(person.informed_at, programme) == day
    assert reasons(session, programme) == {person.key: None}
    [event] = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "inform"))
    assert (event.account_id, event.details["on"]) == (coordinator.id, day.isoformat())


def test_a_notice_is_not_given_tomorrow(session, programme, coordinator, enter):
    person = enter()
    tomorrow = today(programme) + timedelta(days=1)
    with pytest.raises(desk.NotYet):
        desk.inform(session, person.key, tomorrow, programme=programme, actor=coordinator)


def test_a_notice_given_today_was_not_given_in_the_future(session, programme, coordinator, enter):
    person = enter()
    desk.inform(session, person.key, today(programme), programme=programme, actor=coordinator)
    assert person.informed_at <= now()


def test_nobody_informs_whom_staff_did_not_enter(session, make, programme, coordinator):
    day = today(programme)
    registered = make.mentee(programme, account=make.account(confirmed_at=None))
    with pytest.raises(NotAllowed):
        desk.inform(session, registered.key, day, programme=programme, actor=coordinator)
    elsewhere = make.mentee(make.programme())
    with pytest.raises(NotFound):
        desk.inform(session, elsewhere.key, day, programme=programme, actor=coordinator)


def test_an_address_brings_a_link_to_take_over(session, make, programme, coordinator, enter):
    person = enter()
    desk.give_address(
        session, person.key, "rima@post.example", programme=programme, actor=coordinator
    )
    account = person.membership.account
    assert account.email == "rima@post.example"
    assert is_called(person)
    mail = session.scalars(sa.select(Mail)).one()
    assert (mail.kind, mail.to_address) == ("welcome_desk", "rima@post.example")
    account.confirmed_at = now()
    make.save(account)
    assert not is_called(person)
    assert not can_answer_for(coordinator, person)
    assert reasons(session, programme) == {person.key: None}


def test_an_address_is_given_once_and_to_one(session, make, programme, coordinator, enter):
    known = make.account(email="known@post.example")
    person = enter()
    with pytest.raises(entering.AddressKnown) as refused:
        desk.give_address(session, person.key, known.email, programme=programme, actor=coordinator)
    assert refused.value.account.id == known.id
    session.expire_all()
    assert not person.membership.account.has_email
    desk.give_address(
        session, person.key, "one@post.example", programme=programme, actor=coordinator
    )
    with pytest.raises(desk.HasAddress):
        desk.give_address(
            session, person.key, "two@post.example", programme=programme, actor=coordinator
        )


def test_nobody_answers_for_people_of_another_programme(make, enter):
    assert not can_answer_for(make.coordinator(), enter())

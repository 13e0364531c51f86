"""Settings of a programme: its rhythm, whom to ask, and what happens when two change them."""

import pytest
import sqlalchemy as sa

from tandem.models import AuditEvent, Programme, Tandem
from tests.support import pairs
from tests.support.pages import find_form, parse, values_of


@pytest.fixture
def client(make, programme, sign_in):
    return sign_in(make.coordinator(programme))


@pytest.fixture
def url(programme):
    return f"/{programme.slug}/settings/"


def test_what_is_set_holds_and_is_recorded(client, url, session, programme):
    text = client.submit(url, {"invitation_days": "10", "contact_phone": "04832 99"}).text
    assert "Saved. It holds from now on." in text
    session.refresh(programme)
    assert (programme.invitation_days, programme.contact_phone) == (10, "04832 99")
    event = session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "change_settings")
    ).one()
    assert event.details == {"changed": "invitation_days,contact_phone"}


def test_saving_what_holds_already_changes_nothing(client, url, session):
    assert "Nothing was changed." in client.submit(url).text
    changed = sa.select(AuditEvent).where(AuditEvent.action == "change_settings")
    assert session.scalars(changed).all() == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"silent_days": "6"}, "Please enter a number from 7 to 180."),
        ({"check_in_days": "366"}, "Please enter a number from 14 to 365."),
        ({"tandem_months": "six"}, "Please enter a whole number."),
        ({"tandem_months": "99999999999999999999"}, "Please enter a whole number."),
        ({"invitation_days": ""}, "Please fill this in."),
        ({"invitation_days": "3", "reminder_days": "4"}, "must come before the invitation ends"),
        ({"contact_name": " "}, "Please fill this in."),
        ({"contact_email": "nobody"}, "This is not an e-mail address."),
        ({"contact_phone": "call me"}, "Please enter a telephone number."),
        ({"protection_officer": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_what_cannot_be_is_refused_and_not_lost(client, url, session, programme, values, said):
    before = programme.contact_name
    answer = client.submit(url, values | {"address": "Somewhere else"})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Somewhere else</textarea>" in answer.text
    session.refresh(programme)
    assert (programme.contact_name, programme.address) == (before, "Street 1, 25746 Heide")


def test_of_two_who_change_settings_the_second_sees_both_versions(client, url, session, programme):
    seen = values_of(find_form(parse(client.get(url).text)))
    client.submit(url, {"silent_days": "30"})
    answer = client.post(url, data=seen | {"silent_days": "45", "address": "Street 2"})
    assert answer.status_code == 409
    cells = [cell.text for cell in parse(answer.text).findall(".//td")]
    assert cells == ["30", "45", "Street 1, 25746 Heide", "Street 2"]
    session.refresh(programme)
    assert programme.silent_days == 30
    again = values_of(find_form(parse(answer.text)))
    assert client.post(url, data=again).status_code == 303
    session.refresh(programme)
    assert (programme.silent_days, programme.address) == (45, "Street 2")


def test_the_same_change_twice_is_one(client, url, session):
    seen = values_of(find_form(parse(client.get(url).text)))
    for _ in range(2):
        assert client.post(url, data=seen | {"silent_days": "30"}).status_code == 303
    changes = sa.select(sa.func.count()).where(AuditEvent.action == "change_settings")
    assert session.scalar(changes) == 1


def test_a_new_rhythm_wakes_live_tandems_but_moves_no_last_day(
    client, url, session, make, programme
):
    tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    due_at, expires_at = tandem.due_at, tandem.expires_at
    client.submit(url, {"contact_phone": "04832 99"})
    assert session.scalar(sa.select(Tandem.due_at)) == due_at
    client.submit(url, {"reminder_days": "1"})
    row = session.execute(sa.select(Tandem.due_at, Tandem.expires_at)).one()
    assert row.due_at < due_at
    assert row.expires_at == expires_at


def test_other_programmes_keep_their_settings(client, url, session, make):
    other = make.programme()
    client.submit(url, {"silent_days": "60"})
    kept = sa.select(Programme.silent_days).where(Programme.id == other.id)
    assert session.scalar(kept) == 21

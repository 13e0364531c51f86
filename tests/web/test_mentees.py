"""Register as a mentee."""

import pytest
import sqlalchemy as sa

from tandem.models import Account, Mail, Mentee

DATA = {
    "email": "rima@post.example",
    "first_name": "Rima",
    "last_name": "Darwazeh",
    "password": "correct horse battery",
    "privacy": "y",
}


@pytest.fixture
def url(make):
    return f"/{make.programme(slug='heide', default_locale='en').slug}/mentees/register"


def accounts(session):
    session.expire_all()
    return session.scalars(sa.select(Account)).all()


def test_a_mentee_registers_and_is_asked_to_look_into_the_mail(client, session, url):
    response = client.submit(url, DATA)
    assert response.request.path == "/heide/check-mail"
    [mentee] = session.scalars(sa.select(Mentee))
    assert mentee.name == "Rima Darwazeh"
    assert session.scalars(sa.select(Mail.to_address)).all() == ["rima@post.example"]


def test_a_known_address_gets_the_same_answer(client, session, make, url):
    """TRUST B2."""
    make.account(email=DATA["email"])
    known = client.submit(url, DATA, follow=False)
    unknown = client.submit(url, DATA | {"email": "new@post.example"}, follow=False)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.data == unknown.data


def test_nothing_is_lost_when_something_is_missing(client, session, url):
    response = client.submit(url, DATA | {"password": "kurz-und-k", "privacy": []})
    assert response.status_code == 422
    assert 'value="Rima"' in response.text
    assert "kurz-und-k" not in response.text
    assert "between 12 and 128 characters" in response.text
    assert "read the privacy notice and tick" in response.text
    assert accounts(session) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("O", "O'Brien"),
        ("Null", "None"),
        ("محمد", "الأحمد"),
        ("می‌خواهم", "علی‌زاده"),
        ("x" * 80, "ß" * 80),
        ("<b>Anna</b>", "{{ 7 * 7 }}"),
        ("=1+1", "🦊"),
    ],
)
def test_names_are_taken_as_people_have_them(client, session, url, first, last):
    """TRUST D1."""
    assert client.submit(url, DATA | {"first_name": first, "last_name": last}).status_code == 200
    [account] = accounts(session)
    assert (account.first_name, account.last_name) == (first, last)


def test_marks_that_turn_the_writing_are_dropped(client, session, url):
    client.submit(url, DATA | {"first_name": "\u202eRi\u200bma\u2066 "})
    assert accounts(session)[0].first_name == "Rima"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "x" * 81),
        ("first_name", "Ri\0ma"),
        ("last_name", "\u200b\u202e"),
        ("last_name", " "),
        ("email", "no address"),
        ("email", "a@b@c.example"),
        ("email", "x" * 300 + "@post.example"),
        ("email", "rima\0@post.example"),
        ("password", "x" * 129),
        ("password", "x" * 11),
    ],
)
def test_what_cannot_be_stored_is_refused_beside_its_field(client, session, url, field, value):
    response = client.submit(url, DATA | {field: value})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert accounts(session) == []


@pytest.mark.parametrize("name", ["email", "first_name", "password", "csrf_token"])
def test_a_field_sent_twice_is_refused(client, session, url, name):
    """TRUST C6."""
    response = client.submit(url, DATA | {name: ["one@post.example", "two@post.example"]})
    assert response.status_code == 400
    assert accounts(session) == []


def test_text_that_cannot_be_decoded_is_refused(client, url):
    body = b"email=%ff%fe&first_name=%80"
    response = client.post(url, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_too_much_at_once_is_refused(client, session, url):
    response = client.submit(url, DATA | {"first_name": "x" * 10_000_000})
    assert response.status_code == 413
    assert accounts(session) == []


def test_no_field_but_those_asked_reaches_the_database(client, session, url):
    """TRUST A5."""
    client.submit(
        url,
        DATA | {"confirmed_at": "2020-01-01", "id": "77", "role": "coordinator", "key": "k"},
    )
    [account] = accounts(session)
    assert (account.confirmed_at, account.id == 77, account.key == "k") == (None, False, False)
    assert [each.role.value for each in account.memberships] == ["mentee"]

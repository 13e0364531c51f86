"""The day of a coordinator on its page."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem import clock
from tandem.models import Note, NoteKind, TandemState, Todo
from tandem.services import programmes
from tests.support import pairs


@pytest.fixture
def programme(make):
    return make.programme()


@pytest.fixture
def coordinator(make, programme):
    return make.coordinator(programme, first_name="Svenja", last_name="Thomsen")


@pytest.fixture
def client(sign_in, coordinator):
    return sign_in(coordinator)


@pytest.fixture
def url(programme):
    return lambda *rest: "/".join(["", programme.slug, *rest])


@pytest.fixture
def pair(make, programme, coordinator):
    """A mentor and a mentee with names to look for."""
    mentor = make.mentor(programme, account=make.account(first_name="Anke", last_name="Brodersen"))
    mentee = make.mentee(programme, account=make.account(first_name="Hamid", last_name="Azizi"))

    def made(state=TandemState.INVITED, **values):
        return pairs.tandem(make, mentor, mentee, state, by=coordinator, **values)

    return made


def test_an_empty_day_is_a_friendly_one(client, url):
    text = client.get(url("today", "")).text
    assert "Svenja Thomsen." in text
    assert "Nothing waits." in text
    assert "No tandem is silent." in text


def test_an_invitation_that_expires_tonight_is_reminded_of(client, url, pair, session):
    tandem = pair()
    tandem.expires_at = clock.now() + timedelta(minutes=1)
    tandem.mentee_yes_at = clock.now()
    session.commit()
    text = client.get(url("today", "")).text
    assert "Hamid Azizi" in text and "until tonight" in text
    answer = client.submit(url("today", ""), action=url("today", tandem.key, "remind"))
    assert "The mentor has been reminded." in answer.text
    again = client.submit(url("today", ""), action=url("today", tandem.key, "remind"))
    assert "They were reminded today." in again.text

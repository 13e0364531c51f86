"""Who of the staff looked at whom (TRUST A7)."""

from datetime import timedelta

import pytest

from tandem.clock import now
from tandem.models import Look
from tandem.services import looks
from tests.support import pairs


@pytest.fixture
def mentee(make, programme):
    return make.mentee(programme)


def test_a_look_is_noted_once_a_minute(session, actor, mentee, monkeypatch):
    for _ in range(3):
        looks.note_look(session, mentee, account=actor)
    assert len(looks.list_looks(session, mentee)) == 1
    later = now() + timedelta(seconds=61)
    monkeypatch.setattr(looks, "now", lambda: later)
    looks.note_look(session, mentee, account=actor)
    assert len(looks.list_looks(session, mentee)) == 2


def test_everybody_who_looks_is_noted_the_last_one_first(session, make, programme, actor, mentee):
    colleague = make.coordinator(programme)
    for account in (actor, colleague):
        looks.note_look(session, mentee, account=account)
    found = looks.list_looks(session, mentee)
    assert [look.account.name for look in found] == [colleague.name, actor.name]
    assert len(looks.list_looks(session, mentee, most=1)) == 1


def test_a_look_at_a_pair_is_one_at_each_of_the_two(session, make, programme, actor, mentee):
    mentor = make.mentor(programme)
    proposal = pairs.proposal(make, mentor, mentee)
    looks.note_look(session, mentee, account=actor)
    for _ in range(2):
        looks.note_look(session, mentor, mentee, account=actor, proposal=proposal)
    assert [look.proposal_id for look in looks.list_looks(session, mentor)] == [proposal.id]
    assert [look.proposal_id for look in looks.list_looks(session, mentee)] == [proposal.id, None]


def test_nobody_elses_looks_are_listed(session, make, programme, actor, mentee):
    looks.note_look(session, mentee, account=actor)
    assert looks.list_looks(session, make.mentee(programme)) == []
    assert session.query(Look).one().programme_id == programme.id

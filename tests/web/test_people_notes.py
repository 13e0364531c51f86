"""What coordinators write down about a person, and whom they keep apart, on the pages."""

import pytest
import sqlalchemy as sa

from tandem.models import Exclusion, Note, NoteKind, ProfileState, Side


@pytest.fixture
def client(make, programme, sign_in):
    return sign_in(make.coordinator(programme, first_name="Svenja", last_name="Thomsen"))


@pytest.fixture
def url(programme):
    return lambda who, *rest: "/".join(["", programme.slug, "people", who.key, *rest])


def note(client, url, who, **data):
    return client.submit(url(who), data, action=url(who, "notes"))


def test_a_talk_is_noted_and_shown_with_its_day(client, url, make, programme, session):
    mentee = make.mentee(programme)
    text = note(client, url, mentee, text="Knows <b>pumps</b>.", talked_on="2026-01-15").text
    for words in ("Only the coordination reads", "Svenja Thomsen", "15 January 2026", "Talk"):
        assert words in text
    assert "Knows &lt;b&gt;pumps&lt;/b&gt;." in text
    assert session.scalars(sa.select(Note.kind)).all() == [NoteKind.TALK]


@pytest.mark.parametrize(
    "data",
    [
        {"text": "  "},
        {"text": "x" * 4001},
        {"text": "a\0b"},
        {"text": "Talk", "talked_on": "2999-01-01"},
        {"text": "Talk", "talked_on": "0020-01-01"},
        {"text": "Talk", "talked_on": "soon"},
    ],
)
def test_a_note_that_cannot_be_is_refused_and_not_lost(client, url, make, programme, session, data):
    answer = note(client, url, make.mentee(programme), **data)
    assert answer.status_code == 422
    assert not session.scalars(sa.select(Note)).all()
    if data["text"] == "Talk":
        assert "Talk</textarea>" in answer.text


def test_a_note_is_removed(client, url, make, programme, session):
    mentor = make.mentor(programme)
    note(client, url, mentor, text="He is moving.")
    answer = client.submit(url(mentor), action=url(mentor, "notes", "remove"))
    assert "The note is removed." in answer.text
    assert not session.scalars(sa.select(Note)).all()


def test_the_person_never_sees_notes(client, url, make, programme, sign_in):
    mentee = make.mentee(programme)
    note(client, url, mentee, text="Unforgettable words")
    client = sign_in(mentee.membership.account)
    for page in ("home", "profile/"):
        assert "Unforgettable" not in client.get(f"/{programme.slug}/{page}").text


def test_a_mentee_is_kept_apart_from_a_mentor(client, url, make, programme, session):
    mentee = make.mentee(programme, avoid_words="Nobody of the shipyard")
    mentor = make.mentor(programme, account=make.account(first_name="Jörn", last_name="Ølsen"))
    assert "Nobody of the shipyard" in client.get(url(mentee)).text
    page = url(mentee, "apart") + "?name=jorn+olsen"
    assert "Jörn Ølsen" in client.get(page).text
    answer = client.submit(page, {"other": f"mentor:{mentor.key}"}, action="")
    assert "No round will bring them together." in answer.text
    made = session.scalars(sa.select(Exclusion)).one()
    assert (made.mentor_id, made.asked_by) == (mentor.id, Side.MENTEE)
    for who, other in ((mentee, mentor), (mentor, mentee)):
        text = client.get(url(who)).text
        assert other.name in text.partition('id="apart"')[2]


def test_a_company_is_found_by_name(client, url, make, programme, session):
    company = make.company(programme, name="Nordsee-Werft Büsum")
    mentee = make.mentee(programme)
    page = url(mentee, "apart") + "?name=busum"
    client.submit(page, {"other": f"company:{company.key}", "asked_by": "mentor"})
    made = session.scalars(sa.select(Exclusion)).one()
    assert (made.company_id, made.asked_by) == (company.id, Side.MENTOR)
    assert "everybody of the company" in client.get(url(mentee)).text


def test_a_mentor_asks_for_the_whole_company(client, url, make, programme, session):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    page = url(mentor, "apart") + f"?name={mentee.membership.account.last_name}"
    client.submit(page, {"other": f"mentee:{mentee.key}", "whole_company": "y"})
    made = session.scalars(sa.select(Exclusion)).one()
    assert (made.mentor_id, made.company_id) == (None, mentor.company_id)


def test_twice_and_nobody_is_refused(client, url, make, programme):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    page = url(mentee, "apart") + f"?name={mentor.membership.account.last_name}"
    chosen = {"other": f"mentor:{mentor.key}"}
    client.submit(page, chosen)
    twice = client.submit(page, chosen)
    assert twice.status_code == 422
    assert "kept apart already" in twice.text
    for other in ("", "mentor:", "administrator:x", f"mentor:{mentor.key}\n"):
        assert client.submit(page, {"other": other}).status_code == 422
    assert client.submit(page, {"other": "mentor:nobody"}).status_code == 404
    assert "Nobody was found." in client.get(url(mentee, "apart") + "?name=zzz").text


def test_an_exclusion_is_lifted(client, url, make, programme, session):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    page = url(mentee, "apart") + f"?name={mentor.membership.account.last_name}"
    client.submit(page, {"other": f"mentor:{mentor.key}"})
    answer = client.submit(url(mentor), action=url(mentor, "apart", "lift"))
    assert "The next round may bring them together." in answer.text
    assert not session.scalars(sa.select(Exclusion)).all()


def test_the_history_says_what_changed_and_who_looked(client, url, make, programme):
    mentor = make.mentor(programme, job_title="Meister")
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, job_title="Inhaber")
    client.submit(url(mentor), {"verdict": "approve"}, action=url(mentor, "decide"))
    client.get(url(mentor))
    text = client.get(url(mentor, "history")).text
    changes = text.partition('id="version-2"')[2].partition('id="version-1"')[0]
    for words in ("Function", "Meister", "Inhaber", "approved by Svenja Thomsen"):
        assert words in changes
    assert "Sectors" not in changes
    assert "The first version." in text
    assert "Svenja Thomsen" in text.partition('id="looks"')[2]

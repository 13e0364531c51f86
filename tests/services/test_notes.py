"""Notes of coordinators about people: written, read by staff only, removed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, Note, NoteKind
from tandem.services import notes, programmes
from tests.support.clocks import stopped


@pytest.fixture
def write(session, programme, coordinator):
    def about(who, text="She knows the harbour.", **values):
        draft = notes.NoteDraft(text=text, talked_on=values.pop("talked_on", None))
        return notes.add_note(
            session, who.key, draft, **({"programme": programme, "actor": coordinator} | values)
        )

    return about


def texts(session, programme, who, coordinator):
    found = notes.list_notes(session, programme, who, actor=coordinator)
    return [note.text for note in found]


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_note_is_about_one_person(session, make, programme, coordinator, write, side):
    who, other = getattr(make, side)(programme), getattr(make, side)(programme)
    write(who, "First")
    write(who, "Second")
    write(other, "Not this")
    assert texts(session, programme, who, coordinator) == ["Second", "First"]


def test_a_talk_has_its_day(session, make, programme, write):
    day = programmes.today(programme) - timedelta(days=2)
    made = write(make.mentee(programme), talked_on=day)
    assert (made.kind, made.talked_on) == (NoteKind.TALK, day)


def test_nobody_has_talked_tomorrow(session, make, programme, write):
    mentee = make.mentee(programme)
    with pytest.raises(notes.NotYet):
        write(mentee, talked_on=programmes.today(programme) + timedelta(days=1))
    assert not session.scalars(sa.select(Note)).all()


def test_a_double_click_writes_once(session, make, programme, coordinator, write, monkeypatch):
    """E3; the same words on another day, of another talk or by somebody else are another note."""
    mentee = make.mentee(programme)
    day = programmes.today(programme)
    assert write(mentee).id == write(mentee).id
    assert write(mentee, talked_on=day).id == write(mentee, talked_on=day).id
    write(mentee, talked_on=day - timedelta(days=1))
    write(mentee, actor=make.coordinator(programme))
    stopped(monkeypatch, now() + timedelta(days=1))
    write(mentee)
    assert len(texts(session, programme, mentee, coordinator)) == 5


def test_a_removed_note_leaves_only_a_trace(session, make, programme, coordinator, write):
    mentee = make.mentee(programme)
    key = write(mentee).key
    notes.remove_note(session, key, programme=programme, actor=coordinator)
    assert texts(session, programme, mentee, coordinator) == []
    assert session.scalars(sa.select(AuditEvent.action)).all() == ["add_note", "remove_note"]
    with pytest.raises(NotFound):
        notes.remove_note(session, key, programme=programme, actor=coordinator)


def test_only_the_coordination_of_the_programme_reads_and_writes(session, make, programme, write):
    mentee = make.mentee(programme)
    made = write(mentee)
    for actor in (mentee.membership.account, make.coordinator(make.programme())):
        with pytest.raises(NotAllowed):
            notes.list_notes(session, programme, mentee, actor=actor)
        with pytest.raises(NotAllowed):
            write(mentee, actor=actor)
        with pytest.raises(NotAllowed):
            notes.remove_note(session, made.key, programme=programme, actor=actor)


def test_a_person_of_another_programme_is_not_there(make, write):
    with pytest.raises(NotFound):
        write(make.mentee(make.programme()))

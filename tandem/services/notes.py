"""Notes: what coordinators write down about a person or a tandem; only they read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tandem.db import transaction
from tandem.errors import Conflict, NotFound
from tandem.models import Account, Mentee, Mentor, Note, NoteKind, Programme, Tandem
from tandem.services import audit
from tandem.services.people import get_person
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import start_of, take_turns, today

LONGEST = 4000


class NotYet(Conflict):
    """A talk was dated to a day that has not come yet."""


@dataclass(frozen=True, kw_only=True)
class NoteDraft:
    """What was written down, and on which day the talk was, if it is about one."""

    text: str
    talked_on: date | None = None


def add_note(
    session: Session, key: str, draft: NoteDraft, *, programme: Programme, actor: Account
) -> Note:
    """Write something down about the person with this key; the same twice a day is once.

    Raises
    ------
    NotFound
        If the programme has no such person.
    NotYet
        If the talk is dated to a day that has not come yet.
    """
    with transaction(session):
        take_turns(session, programme.id)
        who = get_person(session, key, programme=programme, actor=actor).who
        if draft.talked_on is not None and draft.talked_on > today(programme):
            raise NotYet
        note = Note(
            programme_id=programme.id,
            mentor_id=who.id if isinstance(who, Mentor) else None,
            mentee_id=None if isinstance(who, Mentor) else who.id,
            kind=NoteKind.NOTE if draft.talked_on is None else NoteKind.TALK,
            text=draft.text,
            talked_on=draft.talked_on,
            account_id=actor.id,
        )
        return _write(session, note, programme=programme, actor=actor)


def add_tandem_note(
    session: Session, key: str, draft: NoteDraft, *, programme: Programme, actor: Account
) -> Note:
    """Write down what was done for the tandem with this key, on which day; twice is once.

    Raises
    ------
    NotFound
        If the programme has no such tandem.
    NotYet
        If it is dated to a day that has not come yet.
    """
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        take_turns(session, programme.id)
        query = sa.select(Tandem).where(Tandem.programme_id == programme.id, Tandem.key == key)
        tandem = session.scalars(query).one_or_none()
        if tandem is None:
            raise NotFound
        if draft.talked_on is not None and draft.talked_on > today(programme):
            raise NotYet
        return note_support(session, tandem, draft, programme=programme, actor=actor)


def note_support(
    session: Session, tandem: Tandem, draft: NoteDraft, *, programme: Programme, actor: Account
) -> Note:
    """Add a note about a tandem, inside a transaction; without a day it is about today."""
    note = Note(
        programme_id=programme.id,
        tandem_id=tandem.id,
        kind=NoteKind.SUPPORT,
        text=draft.text,
        talked_on=draft.talked_on or today(programme),
        account_id=actor.id,
    )
    return _write(session, note, programme=programme, actor=actor)


def _write(session: Session, note: Note, *, programme: Programme, actor: Account) -> Note:
    """Add a note, unless it is today's second click; return the one that stands there."""
    said = (Note.mentor_id, Note.mentee_id, Note.tandem_id, Note.kind, Note.text, Note.talked_on)
    same = sa.select(Note).where(
        Note.programme_id == programme.id,
        Note.account_id == actor.id,
        Note.created_at >= start_of(today(programme), programme),
        *(column.is_not_distinct_from(getattr(note, column.key)) for column in said),
    )
    known = session.scalars(same.order_by(Note.id).limit(1)).one_or_none()
    if known is not None:
        return known
    session.add(note)
    audit.record(session, "add_note", note, actor=actor, details={"kind": note.kind.value})
    return note


def list_tandem_notes(session: Session, tandem: Tandem, *, actor: Account) -> Sequence[Note]:
    """Return what was written down about a tandem, the last day first."""
    require(can_coordinate(actor, tandem.programme_id))
    query = (
        sa.select(Note)
        .where(Note.programme_id == tandem.programme_id, Note.tandem_id == tandem.id)
        .options(joinedload(Note.account))
        .order_by(Note.talked_on.desc(), Note.id.desc())
    )
    return session.scalars(query).all()


def remove_note(session: Session, key: str, *, programme: Programme, actor: Account) -> None:
    """Remove a note for good; the trail says that there was one.

    Raises
    ------
    NotFound
        If there is no such note, or it was removed already.
    """
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        note = session.scalars(
            sa.select(Note).where(Note.programme_id == programme.id, Note.key == key)
        ).one_or_none()
        if note is None:
            raise NotFound
        audit.record(session, "remove_note", note, actor=actor)
        session.delete(note)


def list_notes(
    session: Session, programme: Programme, who: Mentor | Mentee, *, actor: Account
) -> Sequence[Note]:
    """Return what was written down about a person, the last note first."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Note)
        .where(Note.programme_id == programme.id, _about(who) == who.id)
        .options(joinedload(Note.account))
        .order_by(Note.id.desc())
    )
    return session.scalars(query).all()


def _about(who: Mentor | Mentee) -> InstrumentedAttribute[int | None]:
    return Note.mentor_id if isinstance(who, Mentor) else Note.mentee_id

"""To-dos: what coordinators have promised to do, by when, and about which tandem."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import NotFound
from tandem.models import Account, Membership, Mentee, Mentor, Programme, Tandem, Todo
from tandem.services import audit
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import start_of, take_turns, today

LONGEST = 300
AHEAD = timedelta(days=7)
"""How long before its day a to-do is shown among what is due."""
_WITH_NAMES: tuple[ORMOption, ...] = (
    joinedload(Todo.account),
    joinedload(Todo.tandem)
    .joinedload(Tandem.mentor)
    .joinedload(Mentor.membership)
    .joinedload(Membership.account),
    joinedload(Todo.tandem)
    .joinedload(Tandem.mentee)
    .joinedload(Mentee.membership)
    .joinedload(Membership.account),
)


@dataclass(frozen=True, kw_only=True)
class TodoDraft:
    """What is to be done by when; with the key of a tandem, where it is about one."""

    text: str
    due_on: date
    tandem_key: str = ""


def add_todo(session: Session, draft: TodoDraft, *, programme: Programme, actor: Account) -> Todo:
    """Write down something to do; what is still to be done is not written down twice.

    Raises
    ------
    NotFound
        If it is about a tandem that the programme has not.
    """
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        take_turns(session, programme.id)
        todo = Todo(
            programme_id=programme.id,
            tandem_id=_tandem_id(session, draft.tandem_key, programme),
            text=draft.text,
            due_on=draft.due_on,
            account_id=actor.id,
        )
        known = _open_like(session, todo)
        if known is not None:
            return known
        session.add(todo)
        audit.record(session, "add_todo", todo, actor=actor)
    return todo


def get_todo(session: Session, key: str, *, programme: Programme, actor: Account) -> Todo:
    """Return one to-do.

    Raises
    ------
    NotFound
        If the programme has no such to-do.
    """
    require(can_coordinate(actor, programme.id))
    todo = session.scalars(_one(key, programme)).one_or_none()
    if todo is None:
        raise NotFound
    return todo


def finish(session: Session, key: str, *, programme: Programme, actor: Account) -> Todo:
    """Tick a to-do off; ticked off twice, the first time counts.

    Raises
    ------
    NotFound
        If the programme has no such to-do.
    """
    with transaction(session):
        todo = _held(session, key, programme=programme, actor=actor)
        if todo.done_at is None:
            todo.done_at = now()
            audit.record(session, "finish_todo", todo, actor=actor)
    return todo


def reopen(session: Session, key: str, *, programme: Programme, actor: Account) -> Todo:
    """Take back that a to-do is done.

    Raises
    ------
    NotFound
        If the programme has no such to-do.
    """
    with transaction(session):
        todo = _held(session, key, programme=programme, actor=actor)
        if todo.done_at is not None:
            todo.done_at = None
            audit.record(session, "reopen_todo", todo, actor=actor)
    return todo


def list_due(session: Session, programme: Programme, *, actor: Account) -> Sequence[Todo]:
    """Return what is due by now or within a week, then what was ticked off today."""
    require(can_coordinate(actor, programme.id))
    day = today(programme)
    midnight = start_of(day, programme)
    query = (
        sa.select(Todo)
        .where(
            Todo.programme_id == programme.id,
            sa.or_(Todo.done_at >= midnight, Todo.done_at.is_(None) & (Todo.due_on <= day + AHEAD)),
        )
        .order_by(Todo.done_at.is_not(None), Todo.due_on, Todo.id)
        .options(*_WITH_NAMES)
    )
    return session.scalars(query).all()


def list_todos_of(session: Session, tandem: Tandem, *, actor: Account) -> Sequence[Todo]:
    """Return what was ever to be done about a tandem: open ones first, by their day."""
    require(can_coordinate(actor, tandem.programme_id))
    query = (
        sa.select(Todo)
        .where(Todo.programme_id == tandem.programme_id, Todo.tandem_id == tandem.id)
        .order_by(Todo.done_at.is_not(None), Todo.due_on, Todo.id)
        .options(joinedload(Todo.account))
    )
    return session.scalars(query).all()


def _tandem_id(session: Session, key: str, programme: Programme) -> int | None:
    if not key:
        return None
    query = sa.select(Tandem.id).where(Tandem.programme_id == programme.id, Tandem.key == key)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _open_like(session: Session, todo: Todo) -> Todo | None:
    """Return what the same person has still to do in the same words, as after a double click."""
    said = (Todo.programme_id, Todo.tandem_id, Todo.text, Todo.due_on, Todo.account_id)
    query = sa.select(Todo).where(
        Todo.done_at.is_(None),
        *(column.is_not_distinct_from(getattr(todo, column.key)) for column in said),
    )
    return session.scalars(query.order_by(Todo.id).limit(1)).one_or_none()


def _one(key: str, programme: Programme) -> sa.Select[Todo]:
    return sa.select(Todo).where(Todo.programme_id == programme.id, Todo.key == key)


def _held(session: Session, key: str, *, programme: Programme, actor: Account) -> Todo:
    todo = get_todo(session, key, programme=programme, actor=actor)
    [held] = lock(session, Todo, [todo.id])
    return held

"""To-dos of the coordinators: written down, ticked off, taken back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound
from tandem.models import AuditEvent, TandemState
from tandem.services import todos
from tandem.services.programmes import today
from tests.support import pairs


@pytest.fixture
def add(session, programme, coordinator):
    def written(text="Call", days=0, tandem=None, **who):
        draft = todos.TodoDraft(
            text=text,
            due_on=today(programme) + timedelta(days=days),
            tandem_key=tandem.key if tandem else "",
        )
        return todos.add_todo(
            session, draft, **({"programme": programme, "actor": coordinator} | who)
        )

    return written


@pytest.fixture
def due(session, programme, coordinator):
    return lambda: [todo.text for todo in todos.list_due(session, programme, actor=coordinator)]


def test_what_is_due_within_a_week_is_listed_by_its_day(add, due):
    for text, days in (("in a week", 7), ("overdue", -3), ("in eight days", 8), ("today", 0)):
        add(text, days)
    assert due() == ["overdue", "today", "in a week"]


def test_what_is_ticked_off_stays_to_be_taken_back_until_the_day_ends(
    session, programme, coordinator, add, due, monkeypatch
):
    todo, _ = add("first"), add("second")
    by = {"programme": programme, "actor": coordinator}
    todos.finish(session, todo.key, **by)
    once = todo.done_at
    todos.finish(session, todo.key, **by)
    assert todo.done_at == once
    assert due() == ["second", "first"]
    todos.reopen(session, todo.key, **by)
    assert due() == ["first", "second"]
    todos.finish(session, todo.key, **by)
    todo.done_at -= timedelta(days=2)
    session.commit()
    assert due() == ["second"]


def test_a_double_click_writes_once_and_what_is_done_may_come_again(
    session, programme, coordinator, add, due
):
    """E3."""
    first = add("Call")
    assert add("Call").id == first.id
    assert due() == ["Call"]
    todos.finish(session, first.key, programme=programme, actor=coordinator)
    assert add("Call").id != first.id


def test_two_coordinators_may_have_the_same_to_do(make, programme, add, due):
    add("Call")
    add("Call", actor=make.coordinator(programme))
    assert due() == ["Call", "Call"]


def test_the_trail_says_what_was_done(session, programme, coordinator, add):
    todo = add()
    todos.finish(session, todo.key, programme=programme, actor=coordinator)
    todos.reopen(session, todo.key, programme=programme, actor=coordinator)
    query = sa.select(AuditEvent.action).where(AuditEvent.subject_kind == "todos")
    assert list(session.scalars(query.order_by(AuditEvent.id))) == [
        "add_todo",
        "finish_todo",
        "reopen_todo",
    ]


def test_a_tandem_has_its_own_to_dos(session, make, programme, coordinator, add):
    one, other = (
        pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
        for _ in range(2)
    )
    add("about one", tandem=one)
    add("about the other", tandem=other)
    add("about none")
    found = todos.list_todos_of(session, one, actor=coordinator)
    assert [todo.text for todo in found] == ["about one"]


def test_nothing_crosses_programmes(session, make, programme, add):
    elsewhere = make.programme()
    stranger = make.coordinator(elsewhere)
    todo = add()
    tandem = pairs.invited(make, make.mentor(programme), make.mentee(programme))
    with pytest.raises(NotFound):
        todos.finish(session, todo.key, programme=elsewhere, actor=stranger)
    with pytest.raises(NotFound):
        add(tandem=tandem, programme=elsewhere, actor=stranger)
    assert todos.list_due(session, elsewhere, actor=stranger) == []


def test_only_coordinators_have_to_dos(session, make, programme, add):
    mentor = make.mentor(programme).membership.account
    todo = add()
    with pytest.raises(NotAllowed):
        add(actor=mentor)
    with pytest.raises(NotAllowed):
        todos.finish(session, todo.key, programme=programme, actor=mentor)
    with pytest.raises(NotAllowed):
        todos.list_due(session, programme, actor=mentor)

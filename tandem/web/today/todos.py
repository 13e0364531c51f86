"""To-dos, written down and ticked off on the day's page and on the page of a tandem."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Todo
from tandem.services import todos
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.today import pages
from tandem.web.today.forms import TANDEM, TickForm, TodoForm

todos_bp = Blueprint("todos", __name__, url_prefix="/<slug>/todos")


@todos_bp.post("/")
@access(Access.COORDINATOR)
def add() -> ResponseReturnValue:
    """Write down something to do."""
    form = TodoForm()
    if not form.validate_on_submit():
        return pages.index(form), 422
    todos.add_todo(
        db.session, form.to_draft(), programme=current_programme(), actor=signed_in_account()
    )
    flash(_("Noted. It is on the day's page a week before."), "success")
    if form.tandem.data:
        return redirect(url_for("tandems.show", key=form.tandem.data, _anchor="support"), 303)
    return redirect(url_for("today.index", _anchor="todos"), 303)


@todos_bp.post("/<key>/done")
@access(Access.COORDINATOR)
def done(key: str) -> ResponseReturnValue:
    """Tick a to-do off."""
    todo, form = _todo(key), TickForm()
    if not form.validate_on_submit():
        return pages.index(), 422
    todos.finish(db.session, key, programme=current_programme(), actor=signed_in_account())
    flash(_("Done."), "success")
    return _back(todo, form)


@todos_bp.post("/<key>/reopen")
@access(Access.COORDINATOR)
def reopen(key: str) -> ResponseReturnValue:
    """Take back that a to-do is done."""
    todo, form = _todo(key), TickForm()
    if not form.validate_on_submit():
        return pages.index(), 422
    todos.reopen(db.session, key, programme=current_programme(), actor=signed_in_account())
    flash(_("It is on the list again."), "success")
    return _back(todo, form)


def _todo(key: str) -> Todo:
    return todos.get_todo(db.session, key, programme=current_programme(), actor=signed_in_account())


def _back(todo: Todo, form: TickForm) -> ResponseReturnValue:
    if form.back.data == TANDEM and todo.tandem is not None:
        return redirect(url_for("tandems.show", key=todo.tandem.key, _anchor="support"), 303)
    return redirect(url_for("today.index", _anchor="todos"), 303)

"""What the day's page is given to show."""

from flask import render_template, request
from flask_babel import format_date
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import programmes, today
from tandem.web import codes
from tandem.web.identity import signed_in_account
from tandem.web.reasons import costs
from tandem.web.scope import current_programme
from tandem.web.today import wording
from tandem.web.today.forms import SupportForm, TickForm, TodoForm, new_support, new_todo


def index(todo_form: TodoForm | None = None) -> str:
    """Return the day's page, with the form for a to-do as it was sent, if it was."""
    programme, actor = current_programme(), signed_in_account()
    shown = today.get_today(db.session, programme, actor=actor)
    return render_template(
        "today/index.html",
        today=shown,
        watch=shown.watch,
        whole=request.args.get("whole"),
        todo_form=todo_form or new_todo(programme),
        tick_form=TickForm(formdata=None),
        price=costs.price,
        codes=codes,
        wording=wording,
    )


def support_form() -> SupportForm:
    """Return an empty form for what was done for a tandem."""
    return new_support(current_programme())


def round_name() -> str:
    """Name a round that is opened to ask somebody else."""
    day = format_date(programmes.today(current_programme()), "medium")
    return str(_("Somebody else, %(day)s", day=day))

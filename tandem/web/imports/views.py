"""Bring a list along, follow how it is read, see what was understood, take people in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.models import Import, ImportState
from tandem.services import intake
from tandem.services.tables import FOR_PAGES
from tandem.web.access import Access, access
from tandem.web.forms import BaseForm
from tandem.web.identity import identity, signed_in_account
from tandem.web.imports import pages, wording
from tandem.web.imports.forms import TakeForm, UploadForm
from tandem.web.imports.pages import FIRST_ROWS, Asked, get_asked, get_import, portion
from tandem.web.scope import current_programme

bp = Blueprint("imports", __name__, url_prefix="/<slug>/imports")

_ROOM_FOR_FORM = 64 * 1024
_READ_AT_ONCE = 512 * 1024
"""More than what is read of a file at once, which would else count as a form that is too large."""
_AT_WORK = (ImportState.QUEUED, ImportState.READING, ImportState.TAKING)


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: object) -> None:
    """Let coordinators send a file, before anything of the request is read (TRUST C6)."""
    person = identity() if endpoint == "imports.upload" and request.method == "POST" else None
    if person is not None and person.is_coordinator:
        request.max_content_length = FOR_PAGES.file_bytes + _ROOM_FOR_FORM
        request.max_form_memory_size = _READ_AT_ONCE


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the imports, and take a file."""
    return _index(UploadForm(formdata=None))


@bp.post("/")
@access(Access.COORDINATOR)
def upload() -> ResponseReturnValue:
    """Keep a file for the worker."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _index(form), 422
    import_ = intake.upload(
        db.session, form.to_upload(), programme=current_programme(), actor=signed_in_account()
    )
    return redirect(url_for(".show", key=import_.key), 303)


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show an import as its state asks for."""
    import_ = get_import(key)
    if import_.state in _AT_WORK:
        return _page("imports/at_work.html", import_)
    if import_.state is ImportState.ASKING:
        return _overview(get_asked(key), TakeForm(formdata=None, version=str(import_.version)))
    can_undo = intake.can_undo(db.session, import_, programme=current_programme())
    return _page("imports/over.html", import_, can_undo=can_undo)


@bp.get("/<key>/progress")
@access(Access.COORDINATOR)
def progress(key: str) -> ResponseReturnValue:
    """Say how far a list has come, for the script that moves the bar."""
    import_ = get_import(key)
    return {
        "solving": import_.state in _AT_WORK,
        "step": wording.step(import_),
        "number": 0,
        "done": import_.done,
        "total": import_.total,
    }


@bp.get("/<key>/rows")
@access(Access.COORDINATOR)
def rows(key: str) -> ResponseReturnValue:
    """Show row by row what stood there beside what was understood."""
    asked = get_asked(key)
    people, page, count = portion(asked.people, request.args.get("page", 1, type=int))
    shown = [asked.row(person) for person in people]
    return _page("imports/rows.html", asked.import_, rows=shown, page=page, pages=count)


@bp.post("/<key>/take")
@access(Access.COORDINATOR)
def take(key: str) -> ResponseReturnValue:
    """Ask for everybody to be taken in."""
    form = TakeForm()
    if not form.validate_on_submit():
        return _overview(get_asked(key), form), 422
    try:
        intake.take(
            db.session,
            key,
            welcomes=bool(form.welcomes.data),
            programme=current_programme(),
            actor=signed_in_account(),
            seen_version=form.seen_version(),
        )
    except Stale:
        flash(_("Somebody has changed this list meanwhile. Please look again."), "warning")
    except intake.NobodyToTake:
        flash(_("Nobody on this list is new."), "info")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/drop")
@access(Access.COORDINATOR)
def drop(key: str) -> ResponseReturnValue:
    """Forget a list; nobody was taken in."""
    intake.drop(db.session, key, programme=current_programme(), actor=signed_in_account())
    flash(_("The list is discarded. Nothing of it was kept."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<key>/undo")
@access(Access.COORDINATOR)
def undo(key: str) -> ResponseReturnValue:
    """Remove everything that an import brought."""
    try:
        intake.undo(db.session, key, programme=current_programme(), actor=signed_in_account())
    except intake.TooLate:
        flash(
            _("This can no longer be undone: somebody of this list has begun to take part."),
            "warning",
        )
        return redirect(url_for(".show", key=key), 303)
    flash(_("Undone. Everybody whom this list brought is removed again."), "success")
    return redirect(url_for(".index"), 303)


def _index(form: UploadForm) -> str:
    actor, programme = signed_in_account(), current_programme()
    return render_template(
        "imports/index.html",
        imports=intake.list_imports(db.session, programme=programme, actor=actor),
        form=form,
        wording=wording,
        megabytes=FOR_PAGES.file_bytes // 2**20,
        most_rows=FOR_PAGES.rows,
    )


def _overview(asked: Asked, form: TakeForm) -> str:
    template = "imports/problems.html" if asked.import_.problems else "imports/understood.html"
    return _page(
        template,
        asked.import_,
        asked=asked,
        form=form,
        rows=[asked.row(person) for person in asked.people[:FIRST_ROWS]],
    )


def _page(template: str, import_: Import, **values: object) -> str:
    values.setdefault("form", BaseForm(formdata=None))
    return render_template(template, import_=import_, wording=wording, pages_=pages, **values)

"""Notes about a person, read by staff only."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import notes
from tandem.web.access import Access, access
from tandem.web.forms import add_error, required
from tandem.web.identity import signed_in_account
from tandem.web.people import pages
from tandem.web.people.forms import NoteForm, RemoveForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.post("/<key>/notes")
@access(Access.COORDINATOR)
def note(key: str) -> ResponseReturnValue:
    """Write down a talk or a remark."""
    form = NoteForm()
    if not form.validate_on_submit():
        return pages.show(key, note_form=form), 422
    try:
        notes.add_note(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except notes.NotYet:
        add_error(form.talked_on, _("This day has not come yet."))
        return pages.show(key, note_form=form), 422
    flash(_("Noted. Only the coordination reads it."), "success")
    return redirect(url_for(".show", key=key, _anchor="notes"), 303)


@bp.post("/<key>/notes/remove")
@access(Access.COORDINATOR)
def remove_note(key: str) -> ResponseReturnValue:
    """Remove a note for good."""
    pages.get_person(key)
    form = RemoveForm()
    if not form.validate_on_submit():
        return pages.show(key), 422
    notes.remove_note(
        db.session,
        required(form.which.data),
        programme=current_programme(),
        actor=signed_in_account(),
    )
    flash(_("The note is removed."), "success")
    return redirect(url_for(".show", key=key, _anchor="notes"), 303)

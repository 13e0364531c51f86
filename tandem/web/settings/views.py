"""Set the rhythm of a programme, whom to ask, and who answers for the data."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import settings
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.settings import wording
from tandem.web.settings.forms import SettingsForm

bp = Blueprint("settings", __name__, url_prefix="/<slug>/settings")


@bp.get("/")
@access(Access.COORDINATOR)
def show() -> ResponseReturnValue:
    """Show the settings in force."""
    return _page(SettingsForm.showing(settings.settings_of(current_programme())))


@bp.post("/")
@access(Access.COORDINATOR)
def change() -> ResponseReturnValue:
    """Put what was entered in force."""
    form = SettingsForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        changed = settings.change_settings(
            db.session,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
            seen_mark=form.mark.data or "",
        )
    except Stale:
        return _conflict(form), 409
    if changed:
        flash(_("Saved. It holds from now on."), "success")
    else:
        flash(_("Nothing was changed."), "info")
    return redirect(url_for(".show"), 303)


def _conflict(form: SettingsForm) -> str:
    """Show both versions; saving once more puts what was typed in force."""
    current = settings.settings_of(current_programme())
    entered = form.to_draft()
    form.mark.data = current.mark
    return _page(form, differences=wording.differences(current, entered, form))


def _page(form: SettingsForm, differences: list[tuple[str, str, str]] | None = None) -> str:
    return render_template("settings/show.html", form=form, differences=differences)

"""Closing a tandem: the wish of either side, and the coordinator who does it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import TandemState
from tandem.services import closings, tandems
from tandem.web.access import Access, access
from tandem.web.closings.forms import CloseForm
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("closings", __name__, url_prefix="/<slug>")


@bp.get("/closings/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Ask for the closing talk before a tandem is closed."""
    return _page(key, CloseForm(formdata=None))


@bp.post("/closings/<key>")
@access(Access.COORDINATOR)
def close(key: str) -> ResponseReturnValue:
    """Close a tandem."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _page(key, form), 422
    try:
        closings.close(
            db.session,
            key,
            form.to_draft(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except closings.OddDay:
        add_error(form.talked_on, _("Choose a day from the beginning of the tandem to today."))
        return _page(key, form), 422
    except tandems.NotRunning:
        return _page(key, form), 409
    flash(_("The tandem is completed. Both are thanked by e-mail and asked how it was."), "success")
    return redirect(url_for("tandems.show", key=key), 303)


@bp.post("/closings/<key>/wish")
@access(Access.PARTICIPANT)
def wish(key: str) -> ResponseReturnValue:
    """Ask the coordinators to close the tandem: the goals are reached."""
    closings.wish_to_close(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    flash(_("Well done, both of you! The coordination knows and will talk with you."), "success")
    return redirect(url_for("tandems.show", key=key), 303)


def _page(key: str, form: CloseForm) -> str:
    programme = current_programme()
    tandem = tandems.get_tandem(db.session, key, programme=programme, actor=signed_in_account())
    runs = tandem.state is TandemState.ACTIVE
    end = closings.end_of(db.session, tandem, programme) if runs else None
    return render_template("closings/close.html", tandem=tandem, end=end, form=form)

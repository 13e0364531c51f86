"""The end of a tandem before its time."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import RUNNING, Tandem
from tandem.services import tandems
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.said_by import called
from tandem.web.scope import current_programme
from tandem.web.tandems import wording
from tandem.web.tandems.forms import EndForm
from tandem.web.tandems.pausing import get_tandem, over
from tandem.web.tandems.views import bp


@bp.get("/<key>/end")
@access(Access.MEMBER)
def end_form(key: str) -> ResponseReturnValue:
    """Ask why."""
    tandem = get_tandem(key)
    return _page(tandem, _form(tandem, formdata=None)) if tandem.state in RUNNING else over(tandem)


@bp.post("/<key>/end")
@access(Access.MEMBER)
def end(key: str) -> ResponseReturnValue:
    """End a tandem; both are told without the reason."""
    tandem = get_tandem(key)
    form = _form(tandem)
    if not form.validate_on_submit():
        return _page(tandem, form), 422
    try:
        tandems.end_early(
            db.session,
            key,
            form.to_ending(),
            programme=current_programme(),
            actor=signed_in_account(),
            said_by=form.side,
        )
    except tandems.NotRunning:
        return _page(get_tandem(key), form, overtaken=True), 409
    flash(_("The tandem has ended. Both are told without the reason."), "success")
    return redirect(url_for(".show", key=key), 303)


def _form(tandem: Tandem, **values: Any) -> EndForm:
    form = EndForm(**values)
    form.offer(called(tandem))
    return form


def _page(tandem: Tandem, form: EndForm, *, overtaken: bool = False) -> str:
    side = tandems.side_of(signed_in_account(), tandem)
    return render_template(
        "tandems/end.html",
        tandem=tandem,
        across=wording.across(tandem, side),
        form=form,
        overtaken=overtaken,
    )

"""What people said whom the coordination calls, written down for them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import NotFound, Stale
from tandem.extensions import db
from tandem.models import Side
from tandem.services import tandems
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.tandems.forms import SaidForm
from tandem.web.tandems.views import bp, record_page


@bp.post("/<key>/said/<side>")
@access(Access.COORDINATOR)
def said(key: str, side: str) -> ResponseReturnValue:
    """Write down the yes or no of somebody who was called."""
    if side not in {each.value for each in Side}:
        raise NotFound
    form = SaidForm.of(Side(side))
    if not form.validate_on_submit():
        return record_page(key, said=form), 422
    try:
        tandem = tandems.answer_for(
            db.session,
            key,
            form.to_said(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except (tandems.AnswerTooLate, Stale):
        return record_page(key, overtaken=True), 409
    if tandem.shows_contact_data:
        flash(_("Written down. Both have said yes: they are a tandem now."), "success")
    else:
        flash(_("Written down, with your name and today's date."), "success")
    return redirect(url_for("tandems.show", key=key), 303)

"""Enter somebody who sits at the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.models import Mentee, Mentor
from tandem.services import desk
from tandem.services.entering import AddressKnown
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.people.forms import EnterForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.route("/enter", methods=["GET", "POST"])
@access(Access.COORDINATOR)
def enter() -> ResponseReturnValue:
    """Ask who sits at the desk, and enter them."""
    actor, programme = signed_in_account(), current_programme()
    form = EnterForm()
    form.offer(desk.list_open_companies(db.session, programme, actor=actor))
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    try:
        person = desk.enter_at_desk(db.session, form.to_draft(), programme=programme, actor=actor)
    except AddressKnown as known:
        add_error(form.email, _("Somebody with this address has an account already."))
        found = desk.find_known(db.session, known, programme=programme, actor=actor)
        return _page(form, known=found), 422
    if person.membership.account.has_email:
        flash(_("Entered. An e-mail tells them so, with a link to take over."), "success")
    else:
        flash(
            _("Entered. Without an address they are called: you write down what they say."),
            "success",
        )
    return redirect(url_for("desk.show", key=person.key), 303)


def _page(form: EnterForm, *, known: Mentor | Mentee | None = None) -> str:
    return render_template("people/enter.html", form=form, known=known)

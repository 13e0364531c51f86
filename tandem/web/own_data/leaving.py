"""Deleting everything about oneself, and about somebody who has asked the coordination to."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import erasing, own_data, people
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import end_session, signed_in_account
from tandem.web.own_data import wording
from tandem.web.own_data.forms import DeleteForm, EraseForm
from tandem.web.own_data.views import bp
from tandem.web.scope import current_programme


@bp.route("/my-data/delete", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def delete() -> ResponseReturnValue:
    """Say what goes and what stays, and delete on the person's proof."""
    form, actor, programme = DeleteForm(), signed_in_account(), current_programme()
    if form.validate_on_submit():
        try:
            own_data.require_proof(db.session, actor, form.password.data or "")
        except own_data.NotProven:
            add_error(form.password, wording.not_proven())
        else:
            person, *_others = erasing.find_roles(db.session, actor, programme)
            erasing.erase(
                db.session, person, programme=programme, actor=actor, asked=erasing.WhoAsked.SELF
            )
            end_session()
            flash(_("Your data are deleted. We wish you all the best."), "success")
            return redirect(url_for("programmes.start"), 303)
    page = render_template(
        "own_data/delete.html", form=form, is_fresh=own_data.has_fresh_link(db.session, actor)
    )
    return page, 422 if form.errors else 200


@bp.route("/people/<key>/erase", methods=["GET", "POST"])
@access(Access.COORDINATOR)
def erase(key: str) -> ResponseReturnValue:
    """Delete everything about somebody on their request."""
    form, actor, programme = EraseForm(), signed_in_account(), current_programme()
    person = people.get_person(db.session, key, programme=programme, actor=actor).who
    if not form.validate_on_submit():
        page = render_template("own_data/erase.html", form=form, who=person)
        return page, 422 if form.errors else 200
    erasing.erase(
        db.session, person, programme=programme, actor=actor, asked=erasing.WhoAsked.STAFF
    )
    flash(_("Everything that said who this was is deleted."), "success")
    return redirect(url_for("people.index"), 303)

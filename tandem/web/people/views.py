"""Pages about people: who waits, who is there, and the decision on a profile."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import people
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.people import pages, wording
from tandem.web.people.forms import DecideForm, SearchForm
from tandem.web.scope import current_programme

bp = Blueprint("people", __name__, url_prefix="/<slug>/people")

_WAITING_ON_TOP = 10


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List who waits for a decision, then everybody."""
    actor, programme = signed_in_account(), current_programme()
    form = SearchForm(formdata=request.args)
    valid = form.validate()
    page = request.args.get("page", 1, type=int)
    search = form.to_search(page) if valid else people.Search()
    listing = people.list_people(db.session, programme, search, actor=actor)
    return render_template(
        "people/index.html",
        waiting=people.list_waiting(db.session, programme, actor=actor, most=_WAITING_ON_TOP),
        count=people.count_waiting(db.session, programme, actor=actor),
        listing=listing,
        form=form,
        wording=wording,
    ), 200 if valid else 422


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show a person with everything that is known, and ask for a decision."""
    return pages.show(key), 200


@bp.post("/<key>/decide")
@access(Access.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    """Approve a profile, ask back, or decline it."""
    form = DecideForm()
    if form.looks_up:
        return pages.show(key, form=form), 200
    if not form.validate_on_submit():
        return pages.show(key, form=form), 422
    ruling = form.to_ruling()
    try:
        person = people.decide(
            db.session, key, ruling, programme=current_programme(), actor=signed_in_account()
        )
    except people.NothingToDecide:
        flash(_("This profile has been decided already."), "info")
        return redirect(url_for("people.show", key=key), 303)
    except Stale:
        fresh = DecideForm.about(pages.get_person(key), reason=ruling.reason)
        return pages.show(key, form=fresh, overtaken=True), 409
    except (people.CompanyRefused, people.TooManyTandems) as refusal:
        add_error(form.verdict, wording.refusal(refusal))
        return pages.show(key, form=form), 422
    flash(wording.done(ruling.verdict, person.who.name), "success")
    return redirect(url_for("people.show", key=key), 303)

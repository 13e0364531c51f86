"""Ask mentees for their wishes before a round is decided; put one's own short list in order."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import shortlists
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme
from tandem.web.shortlists import pages
from tandem.web.shortlists.forms import AskForm

bp = Blueprint("shortlists", __name__, url_prefix="/<slug>")


@bp.get("/shortlists/<key>")
@access(Access.PARTICIPANT)
def show(key: str) -> ResponseReturnValue:
    """Show a few mentors without their names, to be put in order."""
    return pages.show(pages.get_own(key))


@bp.post("/shortlists/<key>/answer")
@access(Access.PARTICIPANT)
def answer(key: str) -> ResponseReturnValue:
    """Take the order; it can be changed until the time is over."""
    return _save(pages.get_own(key), then=url_for("shortlists.show", key=key))


@bp.get("/people/<key>/choices")
@access(Access.COORDINATOR)
def fill_in(key: str) -> ResponseReturnValue:
    """Show the short list of a mentee whom the coordination calls, to be put in order for them."""
    own = pages.find_for(key)
    return pages.show(own) if own else redirect(url_for("people.show", key=key), 303)


@bp.post("/people/<key>/choices")
@access(Access.COORDINATOR)
def save_for(key: str) -> ResponseReturnValue:
    """Write down the order that a mentee said on the telephone."""
    own = pages.find_for(key)
    if own is None:
        flash(_("Nothing was saved: the time is over, or they answer themselves now."), "warning")
        return redirect(url_for("people.show", key=key), 303)
    return _save(own, then=url_for("shortlists.ask", key=own.shortlist.round.key))


def _save(own: pages.Own, *, then: str) -> ResponseReturnValue:
    form = own.form(request.form)
    if not form.validate_on_submit():
        return pages.show(own, form), 422
    key = own.shortlist.key
    try:
        shortlists.answer(
            db.session,
            key,
            form.to_ranks(),
            programme=current_programme(),
            account=signed_in_account(),
            seen_version=form.seen_version(),
        )
    except shortlists.TooLate:
        problem = _("Your answer came too late and does not count.")
        return pages.show(pages.get_own(key), problem=problem), 409
    except Stale:
        return pages.overtaken(pages.get_own(key), form), 409
    return redirect(then, 303)


@bp.get("/rounds/<key>/ask")
@access(Access.COORDINATOR)
def ask(key: str) -> ResponseReturnValue:
    """Show whom a round could ask, or who has answered."""
    return pages.ask(key, AskForm(formdata=None))


@bp.post("/rounds/<key>/ask")
@access(Access.COORDINATOR)
def send(key: str) -> ResponseReturnValue:
    """Send the short lists."""
    form = AskForm()
    if not form.validate_on_submit():
        return pages.ask(key, form)
    programme, actor = current_programme(), signed_in_account()
    try:
        shortlists.ask(db.session, key, until=form.to_day(), programme=programme, actor=actor)
    except shortlists.BadDeadline:
        add_error(form.until, _("Choose a day from today on, within sixty days."))
        return pages.ask(key, form)
    except shortlists.NobodyToAsk:
        flash(_("Nobody has a choice at present, so nobody was asked."), "warning")
    except shortlists.AlreadyAsked:
        flash(_("Mentees were asked about this result before."), "info")
    except shortlists.TrialWaits:
        flash(_("A trial result waits. Take it or discard it first."), "warning")
    else:
        flash(_("The short lists are on their way."), "success")
    return redirect(url_for("shortlists.ask", key=key), 303)


@bp.post("/rounds/<key>/ask/end")
@access(Access.COORDINATOR)
def end(key: str) -> ResponseReturnValue:
    """Stop asking, and solve again with the wishes so far."""
    shortlists.end_asking(db.session, key, programme=current_programme(), actor=signed_in_account())
    return redirect(url_for("rounds.show", key=key), 303)

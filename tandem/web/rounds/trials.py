"""Trials: solve again, see what would change pair by pair, take it or lay it aside."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import rounds
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.rounds import differences
from tandem.web.rounds.forms import SupposeForm, TrialForm
from tandem.web.rounds.views import bp, get_round, show_refused, solve_again
from tandem.web.scope import current_programme


@bp.get("/<key>/outcome")
@access(Access.COORDINATOR)
def outcome(key: str) -> ResponseReturnValue:
    """Lead to what solving led to: a trial to look at, or the round itself."""
    round_ = get_round(key)
    waits = not round_.is_solving and rounds.pending(db.session, round_) is not None
    return redirect(url_for(".difference" if waits else ".show", key=key), 303)


@bp.get("/<key>/difference")
@access(Access.COORDINATOR)
def difference(key: str) -> ResponseReturnValue:
    """Show what a trial would change; without one there is only the round."""
    round_ = get_round(key)
    trial = None if round_.is_solving else rounds.pending(db.session, round_)
    if trial is None:
        return redirect(url_for(".show", key=key), 303)
    return differences.show(round_, trial)


@bp.post("/<key>/suppose")
@access(Access.COORDINATOR)
def suppose(key: str) -> ResponseReturnValue:
    """Try something that is not so, such as one place more at a mentor."""
    form = SupposeForm()
    if not form.validate_on_submit():
        return show_refused(get_round(key), form)
    return solve_again(key, suppose=form.to_supposition())


@bp.post("/<key>/take")
@access(Access.COORDINATOR)
def take(key: str) -> ResponseReturnValue:
    """Make the trial that its reader saw the result that the round goes by."""
    form = TrialForm()
    if not form.validate_on_submit():
        return show_refused(get_round(key), form)
    try:
        rounds.take(
            db.session,
            key,
            snapshot_number=form.seen_number(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except rounds.TrialOutdated:
        flash(_("Meanwhile somebody decided or adjusted something. Please solve again."), "warning")
        return redirect(url_for(".difference", key=key), 303)
    except rounds.TrialOver:
        flash(_("Somebody has already taken or discarded this result."), "info")
        return redirect(url_for(".outcome", key=key), 303)
    flash(_("Taken. These are the proposals of the round now."), "success")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/drop")
@access(Access.COORDINATOR)
def drop(key: str) -> ResponseReturnValue:
    """Lay the trial aside that its reader saw; the round goes on as it was."""
    form = TrialForm()
    if not form.validate_on_submit():
        return show_refused(get_round(key), form)
    try:
        rounds.drop(
            db.session,
            key,
            snapshot_number=form.seen_number(),
            programme=current_programme(),
            actor=signed_in_account(),
        )
    except rounds.TrialOver:
        flash(_("Somebody has already taken or discarded this result."), "info")
    else:
        flash(_("Discarded. Nothing has changed."), "success")
    return redirect(url_for(".outcome", key=key), 303)

"""Look at one proposal, and decide on it."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict
from tandem.extensions import db
from tandem.models import Decision, Verdict
from tandem.services import proposals
from tandem.services.proposals import Ruling
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.proposals import pages, rows
from tandem.web.proposals.forms import RulingForm
from tandem.web.scope import current_programme

bp = Blueprint("proposals", __name__, url_prefix="/<slug>/proposals")


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show a pair side by side, why these two, and what instead."""
    return pages.show(key, RulingForm(formdata=None))


@bp.get("/<key>/row")
@access(Access.COORDINATOR)
def row(key: str) -> ResponseReturnValue:
    """Give the part of a page that opens below a row of the round."""
    return rows.row(key)


@bp.post("/<key>/decide")
@access(Access.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    """Confirm or reject; where someone was faster, say who, when and why."""
    form = RulingForm()
    if not form.validate_on_submit():
        return pages.show(key, form), 422
    ruling = form.to_ruling()
    try:
        decision = _decide(key, ruling, seen_version=form.seen_version())
    except Conflict:
        return pages.too_late(key, ruling), 409
    if decision.verdict is Verdict.CONFIRMED:
        flash(_("Confirmed. Both are being asked by e-mail now."), "success")
    else:
        flash(_("Rejected. The two are not proposed to each other again in this round."), "success")
    return redirect(url_for(".show", key=key), 303)


def _decide(key: str, ruling: Ruling, *, seen_version: int) -> Decision:
    return proposals.decide(
        db.session,
        key,
        ruling,
        programme=current_programme(),
        actor=signed_in_account(),
        seen_version=seen_version,
    )

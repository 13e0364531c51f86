"""Open a round, see who takes part, have it solved, review what it proposes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict
from tandem.extensions import db
from tandem.models import Round, RoundState
from tandem.services import rounds
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.rounds import pages, wording
from tandem.web.rounds.forms import RoundForm, StepForm
from tandem.web.scope import current_programme

bp = Blueprint("rounds", __name__, url_prefix="/<slug>/rounds")

_SIDES = ("mentees", "mentors")


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the rounds, the open one on top."""
    return pages.index(RoundForm(formdata=None))


@bp.post("/")
@access(Access.COORDINATOR)
def create() -> ResponseReturnValue:
    """Open a round."""
    form = RoundForm()
    if not form.validate_on_submit():
        return pages.index(form), 422
    round_ = rounds.open_round(
        db.session, form.to_draft(), programme=current_programme(), actor=signed_in_account()
    )
    return redirect(url_for(".show", key=round_.key), 303)


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show a round as its state asks for: prepare, solve or review."""
    round_ = _get(key)
    if round_.is_solving:
        return render_template("rounds/solve.html", round=round_, form=StepForm(), wording=wording)
    snapshot = rounds.solved_snapshot(db.session, round_)
    again = request.args.get("step") == "prepare" and round_.can_be_solved
    if snapshot is not None and not again:
        page = request.args.get("page", 1, type=int)
        left = request.args.get("left", "")
        if left in _SIDES:
            return pages.left_over(round_, snapshot, left, page=page)
        return pages.review(round_, snapshot, page=page)
    if round_.state is RoundState.CLOSED:
        return render_template("rounds/closed.html", round=round_)
    return pages.prepare(round_)


@bp.get("/<key>/progress")
@access(Access.COORDINATOR)
def progress(key: str) -> ResponseReturnValue:
    """Say how far solving has come, for the script that moves the bar."""
    round_ = _get(key)
    return {
        "solving": round_.is_solving,
        "step": wording.step(round_.step),
        "done": round_.done,
        "total": round_.total,
    }


@bp.post("/<key>/solve")
@access(Access.COORDINATOR)
def solve(key: str) -> ResponseReturnValue:
    """Ask for the round to be solved; asking twice does no harm."""
    try:
        rounds.request_solving(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
    except rounds.AlreadySolving:
        flash(_("This round is being solved already."), "info")
    except rounds.NobodyToMatch:
        flash(_("There must be at least one mentor and one mentee."), "warning")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/cancel")
@access(Access.COORDINATOR)
def cancel(key: str) -> ResponseReturnValue:
    """Call solving off."""
    try:
        rounds.cancel_solving(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
    except Conflict:
        flash(_("It was finished before it could be cancelled."), "info")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/close")
@access(Access.COORDINATOR)
def close(key: str) -> ResponseReturnValue:
    """End a round for good."""
    round_ = rounds.close_round(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    flash(_("%(name)s is closed.", name=round_.name), "success")
    return redirect(url_for(".index"), 303)


def _get(key: str) -> Round:
    return rounds.get_round(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )

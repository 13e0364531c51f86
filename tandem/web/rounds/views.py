"""Open a round, see who takes part, have it solved, review what it proposes."""

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict
from tandem.extensions import db
from tandem.models import Round, RoundState, Snapshot
from tandem.services import rounds
from tandem.services.rounds import Supposition
from tandem.web.access import Access, access
from tandem.web.forms import BaseForm
from tandem.web.identity import signed_in_account
from tandem.web.rounds import pages, preparing, refusals, review, wording
from tandem.web.rounds.forms import FindForm, RoundForm
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
    round_ = get_round(key)
    if round_.is_solving:
        return pages.solve(round_)
    snapshot = rounds.solved_snapshot(db.session, round_)
    again = request.args.get("step") == "prepare" and round_.can_be_solved
    if snapshot is not None and not again:
        return _review(round_, snapshot)
    if round_.state is RoundState.CLOSED:
        return render_template("rounds/closed.html", round=round_)
    return preparing.page(round_, snapshot)


@bp.get("/<key>/progress")
@access(Access.COORDINATOR)
def progress(key: str) -> ResponseReturnValue:
    """Say how far solving has come, for the script that moves the bar."""
    round_ = get_round(key)
    taken = None if round_.is_solving else rounds.solved_snapshot(db.session, round_)
    return {
        "solving": round_.is_solving,
        "step": wording.step(round_.step),
        "number": wording.step_number(round_.step),
        "done": round_.done,
        "total": round_.total,
        "insights": taken is not None and taken.insights is not None,
    }


@bp.get("/<key>/mark")
@access(Access.COORDINATOR)
def mark(key: str) -> ResponseReturnValue:
    """Say whether the round is still where a page shows it: not modified, or another mark."""
    answer = make_response({})
    answer.set_etag(rounds.read_mark(db.session, get_round(key)))
    return answer.make_conditional(request)


@bp.post("/<key>/solve")
@access(Access.COORDINATOR)
def solve(key: str) -> ResponseReturnValue:
    """Ask for the round to be solved; asking twice does no harm."""
    return solve_again(key)


@bp.post("/<key>/cancel")
@access(Access.COORDINATOR)
def cancel(key: str) -> ResponseReturnValue:
    """Call solving off."""
    try:
        round_ = rounds.cancel_solving(
            db.session, key, programme=current_programme(), actor=signed_in_account()
        )
    except Conflict:
        flash(_("The round was finished before it could be cancelled."), "info")
        return redirect(url_for(".outcome", key=key), 303)
    if round_.state is RoundState.READY:
        flash(_("Solving again was cancelled. What was proposed before still stands."), "info")
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


def solve_again(key: str, *, suppose: Supposition | None = None) -> ResponseReturnValue:
    """Have the round solved, perhaps with something supposed."""
    programme, actor = current_programme(), signed_in_account()
    try:
        return follow(
            key,
            lambda: rounds.request_trial(
                db.session, key, programme=programme, actor=actor, suppose=suppose
            ),
        )
    except rounds.Contradiction as refusal:
        flash(refusals.why_not(refusal), "warning")
    return redirect(url_for(".show", key=key), 303)


def follow(key: str, ask: Callable[[], object]) -> ResponseReturnValue:
    """Ask for solving, and lead to where it can be followed; twice does no harm."""
    try:
        ask()
    except rounds.AlreadySolving:
        flash(_("This round is being solved already."), "info")
    except rounds.NobodyToMatch:
        flash(_("There must be at least one mentor and one mentee."), "warning")
    return redirect(url_for(".show", key=key), 303)


def get_round(key: str) -> Round:
    """Return the round of an address."""
    return rounds.get_round(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )


def show_refused(round_: Round, form: BaseForm) -> ResponseReturnValue:
    """Show the round once more, with what was wrong with a form of one of its buttons."""
    snapshot = rounds.solved_snapshot(db.session, round_)
    if snapshot is None:
        raise Conflict
    find = FindForm(formdata=None)
    return review.review(round_, snapshot, find=find, page=1, refused=form), 422


def _review(round_: Round, snapshot: Snapshot) -> ResponseReturnValue:
    """Show what a round proposes, or one side of those who are left."""
    page = request.args.get("page", 1, type=int)
    left = request.args.get("left", "")
    if left in _SIDES:
        return review.left_over(round_, snapshot, left, page=page)
    find = FindForm(request.args)
    if not find.validate():
        return review.review(round_, snapshot, find=find, page=1), 422
    opened = request.args.get("open", "")
    return review.review(round_, snapshot, find=find, page=page, opened=opened)

"""See what counts, try something else on the people of now, and adopt it."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import policies, rounds
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.policies import pages, sides
from tandem.web.policies.forms import PolicyForm
from tandem.web.scope import current_programme

bp = Blueprint("policies", __name__, url_prefix="/<slug>/policies")


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """Show the policy in words, to be changed; or begin with another version."""
    return pages.edit(start=request.args.get("start", type=int))


@bp.post("/preview")
@access(Access.COORDINATOR)
def preview() -> ResponseReturnValue:
    """Show what the policy as entered would change for the people of now."""
    form = PolicyForm()
    if not form.validate_on_submit():
        return pages.edit(form), 422
    return pages.edit(form, draft=form.to_terms())


@bp.post("/adopt")
@access(Access.COORDINATOR)
def adopt() -> ResponseReturnValue:
    """Make the policy the programme's own, unless somebody else changed it meanwhile."""
    form = PolicyForm()
    if not form.validate_on_submit():
        return pages.edit(form), 422
    draft = form.to_terms()
    try:
        version = policies.adopt(
            db.session,
            draft,
            programme=current_programme(),
            actor=signed_in_account(),
            seen_number=form.seen_version(),
        )
    except policies.PolicyChanged:
        return pages.overtaken(form, draft), 409
    if version.number == form.seen_version():
        flash(_("This is the policy of the programme already."), "info")
    else:
        flash(_("Version %(number)s counts from the next solving on.", number=version.number))
    return redirect(url_for(".index"), 303)


@bp.post("/try")
@access(Access.COORDINATOR)
def try_() -> ResponseReturnValue:
    """Have the open round solved with this policy; the programme keeps its own."""
    form = PolicyForm()
    if not form.validate_on_submit():
        return pages.edit(form), 422
    programme, actor = current_programme(), signed_in_account()
    round_ = rounds.open_round_of(db.session, programme, actor=actor)
    if round_ is None:
        flash(_("There is no open round to try it in."), "warning")
        return redirect(url_for(".index"), 303)
    content = policies.write_terms(form.to_terms(), number=0)
    try:
        rounds.request_trial(
            db.session, round_.key, programme=programme, actor=actor, policy=content
        )
    except rounds.AlreadySolving:
        flash(_("This round is being solved already."), "info")
    except rounds.NobodyToMatch:
        flash(_("There must be at least one mentor and one mentee."), "warning")
    return redirect(url_for("rounds.show", key=round_.key), 303)


@bp.get("/compare")
@access(Access.COORDINATOR)
def compare() -> ResponseReturnValue:
    """Show two policies side by side, and the button that works out what comes of them."""
    return sides.page(request.args.get("a", ""), request.args.get("b", ""))


@bp.post("/compare")
@access(Access.COORDINATOR)
def work_out() -> ResponseReturnValue:
    """Show what would come of two policies now; one of them may be as entered."""
    a, b = request.form.get("a", ""), request.form.get("b", "")
    if "version" not in request.form:
        return sides.page(a, b, worked_out=True)
    form = PolicyForm()
    if not form.validate_on_submit():
        return pages.edit(form), 422
    return sides.page(a, b or sides.DRAFT, entered=form, worked_out=True)

"""Write one's own profile, check it, send it, pause."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Conflict, NotFound, Stale
from tandem.extensions import db
from tandem.services import profiles
from tandem.web.access import Access, access
from tandem.web.forms import VersionedForm
from tandem.web.identity import signed_in_account
from tandem.web.profiles import hints, wording
from tandem.web.profiles.forms import FORMS, StepForm
from tandem.web.scope import current_programme

bp = Blueprint("profiles", __name__, url_prefix="/<slug>/profile")


@bp.get("/")
@access(Access.PARTICIPANT)
def show() -> ResponseReturnValue:
    """Show all answers, what is still missing, and what can be done now."""
    return _page(), 200


@bp.route("/<step>", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def edit(step: str) -> ResponseReturnValue:
    """Ask the questions of one step, and save the answers."""
    versions = _versions()
    profile = versions.to_edit()
    forms = FORMS[profile.side]
    if step not in forms:
        raise NotFound
    if not versions.can_edit:
        raise Conflict
    form = forms[step].of(profile)
    if form.looks_up:
        return _step_page(step, form), 200
    if not form.validate_on_submit():
        return _step_page(step, form), 422 if form.errors else 200
    try:
        profiles.save_step(
            db.session,
            form.to_draft(),
            actor=signed_in_account(),
            programme=current_programme(),
            seen_version=form.seen_version(),
        )
    except Stale:
        return _overtaken(step, form), 409
    return redirect(_after(step, list(forms)), 303)


@bp.post("/submit")
@access(Access.PARTICIPANT)
def submit() -> ResponseReturnValue:
    """Send the profile to the coordination."""
    try:
        profiles.submit(
            db.session,
            actor=signed_in_account(),
            programme=current_programme(),
            seen_version=VersionedForm().seen_version(),
        )
    except profiles.Incomplete:
        return _page(problem=_("Something is still missing. Please fill it in first.")), 409
    except Stale:
        return _page(problem=_("Your profile was changed meanwhile. Please check it again.")), 409
    flash(_("Thank you. We have received your profile."), "success")
    return redirect(url_for("programmes.home"), 303)


@bp.post("/take-back")
@access(Access.PARTICIPANT)
def take_back() -> ResponseReturnValue:
    """Take back what was sent, to change it."""
    profiles.take_back(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("You can change your profile now. Send it again when it is ready."), "info")
    return redirect(url_for("profiles.show"), 303)


@bp.post("/discard")
@access(Access.PARTICIPANT)
def discard() -> ResponseReturnValue:
    """Drop changes that were not sent."""
    profiles.discard(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("Your changes are dropped. Your profile is as it was."), "success")
    return redirect(url_for("profiles.show"), 303)


@bp.post("/pause")
@access(Access.PARTICIPANT)
def pause() -> ResponseReturnValue:
    """Take a break from rounds."""
    profiles.pause(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("You are taking a break. We do not propose anyone to you."), "success")
    return redirect(url_for("profiles.show"), 303)


@bp.post("/resume")
@access(Access.PARTICIPANT)
def resume() -> ResponseReturnValue:
    """Come back from a break."""
    profiles.resume(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("Welcome back. You take part in the next round."), "success")
    return redirect(url_for("profiles.show"), 303)


def _versions() -> profiles.Versions:
    return profiles.get_versions(db.session, signed_in_account(), current_programme())


def _page(*, problem: str | None = None) -> str:
    versions = _versions()
    profile = versions.current
    form = VersionedForm(formdata=None, data={"version": str(profile.version or 0)})
    return render_template(
        "profiles/show.html",
        versions=versions,
        profile=profile,
        steps=wording.steps(profile, current_programme()),
        labels=wording.journey(profile.side),
        next_step=profiles.next_step(profile),
        form=form,
        problem=problem,
    )


def _step_page(step: str, form: StepForm, *, stored: wording.Rows | None = None) -> str:
    profile = _versions().to_edit()
    side = profile.side
    return render_template(
        f"profiles/{side.value}_{step}.html",
        form=form,
        profile=profile,
        hints=hints,
        titles=wording.titles(side),
        labels=wording.journey(side),
        number=list(FORMS[side]).index(step) + 1,
        step=step,
        back_url=_before(step, list(FORMS[side])),
        stored=stored,
    )


def _overtaken(step: str, form: StepForm) -> str:
    """Show what is stored beside what was entered; saving again is then a choice."""
    profile = _versions().to_edit()
    form.version.data = str(profile.version or 0)
    found = wording.steps(profile, current_programme())
    return _step_page(step, form, stored=next(view.rows for view in found if view.code == step))


def _after(step: str, order: list[str]) -> str:
    following = order[order.index(step) + 1 :]
    if not following:
        return url_for("profiles.show")
    return url_for("profiles.edit", step=following[0])


def _before(step: str, order: list[str]) -> str:
    earlier = order[: order.index(step)]
    return url_for("profiles.edit", step=earlier[-1]) if earlier else url_for("profiles.show")

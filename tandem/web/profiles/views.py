"""Write one's own profile, check it, send it, pause."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import profiles
from tandem.web.access import Access, access
from tandem.web.forms import VersionedForm
from tandem.web.identity import signed_in_account
from tandem.web.profiles import asking, wording
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
    return asking.ask(step, asking.OWN)


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
    flash(_("Your changes are discarded. Your profile is as it was."), "success")
    return redirect(url_for("profiles.show"), 303)


@bp.post("/pause")
@access(Access.PARTICIPANT)
def pause() -> ResponseReturnValue:
    """Take a break from rounds."""
    profiles.pause(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("You are taking a break. We do not suggest anyone to you."), "success")
    return redirect(url_for("profiles.show"), 303)


@bp.post("/resume")
@access(Access.PARTICIPANT)
def resume() -> ResponseReturnValue:
    """Come back from a break."""
    profiles.resume(db.session, actor=signed_in_account(), programme=current_programme())
    flash(_("Welcome back. You take part in the next round."), "success")
    return redirect(url_for("profiles.show"), 303)


def _page(*, problem: str | None = None) -> str:
    versions = asking.OWN.versions()
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

"""Write the profile of somebody whom staff entered, until they take it over themselves."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import Stale
from tandem.extensions import db
from tandem.services import looks, profiles
from tandem.web.access import Access, access
from tandem.web.forms import VersionedForm
from tandem.web.identity import signed_in_account
from tandem.web.profiles import asking, wording
from tandem.web.scope import current_programme

bp = Blueprint("desk", __name__, url_prefix="/<slug>/desk")


@bp.get("/<key>")
@access(Access.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    """Show all answers of a person, and what is still missing."""
    return _page(key), 200


@bp.route("/<key>/<step>", methods=["GET", "POST"])
@access(Access.COORDINATOR)
def edit(key: str, step: str) -> ResponseReturnValue:
    """Ask the questions of one step on behalf of a person."""
    return asking.ask(step, asking.Whose(key))


@bp.post("/<key>/submit")
@access(Access.COORDINATOR)
def submit(key: str) -> ResponseReturnValue:
    """Put the profile among those that wait for a decision."""
    try:
        profiles.submit(
            db.session,
            actor=signed_in_account(),
            programme=current_programme(),
            seen_version=VersionedForm().seen_version(),
            about=key,
        )
    except profiles.Incomplete:
        return _page(key, _("Something is still missing. Please fill it in first.")), 409
    except Stale:
        return _page(key, _("The profile was changed meanwhile. Please check it again.")), 409
    flash(_("The profile is complete. Decide on it when you have checked it."), "success")
    return redirect(url_for("people.show", key=key), 303)


@bp.post("/<key>/take-back")
@access(Access.COORDINATOR)
def take_back(key: str) -> ResponseReturnValue:
    """Take back what waits for a decision, to change it."""
    profiles.take_back(
        db.session, actor=signed_in_account(), programme=current_programme(), about=key
    )
    flash(_("Taken back. Change what is to be changed, then say again that it is complete."))
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<key>/discard")
@access(Access.COORDINATOR)
def discard(key: str) -> ResponseReturnValue:
    """Drop changes that do not wait for a decision yet."""
    profiles.discard(
        db.session, actor=signed_in_account(), programme=current_programme(), about=key
    )
    flash(_("The changes are dropped. The profile is as it was."), "success")
    return redirect(url_for("people.show", key=key), 303)


def _page(key: str, problem: str | None = None) -> str:
    versions = asking.Whose(key).versions()
    profile = versions.current
    page = render_template(
        "profiles/desk.html",
        versions=versions,
        person=versions.person,
        steps=wording.steps(profile, current_programme()),
        next_step=profiles.next_step(profile),
        form=VersionedForm(formdata=None, data={"version": str(profile.version or 0)}),
        problem=problem,
    )
    looks.note_look(db.session, versions.person, account=signed_in_account())
    return page

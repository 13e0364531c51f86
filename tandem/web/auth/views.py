"""Sign in, sign out, confirm an address."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tandem.config import Settings
from tandem.extensions import db
from tandem.models import Account, Role
from tandem.services import accounts, tokens
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.auth.forms import SignInForm
from tandem.web.auth.targets import local_path
from tandem.web.identity import begin_session, end_session

bp = Blueprint("auth", __name__)

_LINK = "confirm_link"


@bp.route("/sign-in", methods=["GET", "POST"])
@access(Access.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in; every refusal reads the same (TRUST B2)."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            account = accounts.sign_in(
                db.session,
                form.email.data or "",
                form.password.data or "",
                locale=languages.picked_before(),
            )
        except accounts.SignInRefused:
            form.form_errors.append(
                _(
                    "This address and this password do not belong together, or the address "
                    "is not confirmed yet. If it is yours, look for a new mail from us."
                )
            )
        else:
            begin_session(account)
            return redirect(local_path(request.args.get("next")) or _home_of(account), 303)
    return render_template("auth/sign_in.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@access(Access.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server."""
    end_session()
    answer = redirect(url_for("programmes.index"), 303)
    # Not "cookies": that would sign people out of every other service of the same domain.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/<slug>/confirm/<link>")
@access(Access.PUBLIC)
def confirm(link: str) -> ResponseReturnValue:
    """Take the secret out of the address; following a link changes nothing (TRUST B3)."""
    browser[_LINK] = link[:200]
    return redirect(url_for("auth.confirm_here"), 303)


@bp.route("/<slug>/confirm", methods=["GET", "POST"])
@access(Access.PUBLIC)
def confirm_here() -> ResponseReturnValue:
    """Confirm the address by a button, sign in, and go on to the profile."""
    secret_key = _settings().secret_key
    link = str(browser.get(_LINK, ""))
    form = FlaskForm()
    if form.validate_on_submit():
        try:
            account = accounts.confirm_email(db.session, link, secret_key=secret_key)
        except tokens.LinkRefused:
            return render_template("auth/link_refused.html"), 410
        begin_session(account)
        flash(_("Your address is confirmed. Welcome!"), "success")
        return redirect(_profile_of(account), 303)
    if not accounts.can_confirm(db.session, link, secret_key=secret_key):
        return render_template("auth/link_refused.html"), 410
    return render_template("auth/confirm.html", form=form)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _home_of(account: Account) -> str:
    """Return where a person's day begins."""
    if not account.memberships:
        return url_for("programmes.index")
    first = account.memberships[0]
    page = "people.index" if first.role is Role.COORDINATOR else "programmes.home"
    return url_for(page, slug=first.programme.slug)


def _profile_of(account: Account) -> str:
    """Return where a person tells about themselves; coordinators have no profile."""
    for membership in account.memberships:
        if membership.role is not Role.COORDINATOR:
            return url_for("profiles.show", slug=membership.programme.slug)
    return _home_of(account)

"""Links from mails: confirm an address, take an account over, sign in once (TRUST B3).

Following a link changes nothing: its secret leaves the address and a page with a button
stands between.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tandem.config import Settings
from tandem.extensions import db
from tandem.models import Account, Role, TokenPurpose
from tandem.services import accounts, entering, tokens
from tandem.web import unsaved
from tandem.web.access import Access, access
from tandem.web.auth import targets
from tandem.web.auth.forms import AskLinkForm, WelcomeForm
from tandem.web.auth.views import bp, home_of
from tandem.web.identity import begin_session

_LINK = "link"
_LONGEST = 200


@bp.get("/<slug>/confirm/<link>")
@access(Access.PUBLIC)
def confirm(link: str) -> ResponseReturnValue:
    """Take the secret of a confirmation out of the address."""
    return _keep(link, "auth.confirm_here")


@bp.route("/<slug>/confirm", methods=["GET", "POST"])
@access(Access.PUBLIC)
def confirm_here() -> ResponseReturnValue:
    """Confirm the address by a button, sign in, and go on to the profile."""
    form = FlaskForm()
    if form.validate_on_submit():
        try:
            account = accounts.confirm_email(db.session, _kept(), secret_key=_secret())
        except tokens.LinkRefused:
            return _refused()
        return _enter(account, _("Your address is confirmed. Welcome!"))
    if not _works(TokenPurpose.CONFIRM_EMAIL):
        return _refused()
    return render_template("auth/confirm.html", form=form)


@bp.get("/<slug>/welcome/<link>")
@access(Access.PUBLIC)
def welcome(link: str) -> ResponseReturnValue:
    """Take the secret of a welcome out of the address."""
    return _keep(link, "auth.welcome_here")


@bp.route("/<slug>/welcome", methods=["GET", "POST"])
@access(Access.PUBLIC)
def welcome_here() -> ResponseReturnValue:
    """Take over an account that somebody else entered, by choosing a password."""
    form = WelcomeForm()
    try:
        token = entering.find_link(db.session, _kept(), TokenPurpose.WELCOME, secret_key=_secret())
        if form.validate_on_submit():
            password = form.password.data or ""
            account = entering.take_over(db.session, _kept(), password, secret_key=_secret())
            return _enter(account, _("The account is yours now. Welcome!"))
    except tokens.LinkRefused:
        return _refused()
    name = token.account.first_name
    page = render_template("auth/welcome.html", form=form, name=name)
    return page, 422 if form.errors else 200


@bp.route("/sign-in-link", methods=["GET", "POST"])
@access(Access.PUBLIC)
def ask_link() -> ResponseReturnValue:
    """Ask for a link that signs in once; the answer is the same for any address (TRUST B2)."""
    form = AskLinkForm()
    if form.validate_on_submit():
        entering.ask_to_sign_in(db.session, form.email.data or "")
        return redirect(url_for("auth.link_sent"), 303)
    return render_template("auth/ask_link.html", form=form), 422 if form.errors else 200


@bp.get("/sign-in-link/sent")
@access(Access.PUBLIC)
def link_sent() -> ResponseReturnValue:
    """Say where the link went."""
    return render_template("auth/link_sent.html")


@bp.get("/<slug>/enter/<link>")
@access(Access.PUBLIC)
def enter(link: str) -> ResponseReturnValue:
    """Take the secret of a sign-in out of the address."""
    return _keep(link, "auth.enter_here")


@bp.route("/<slug>/enter", methods=["GET", "POST"])
@access(Access.PUBLIC)
def enter_here() -> ResponseReturnValue:
    """Sign in by a button."""
    form = FlaskForm()
    if form.validate_on_submit():
        try:
            account = entering.sign_in_by_link(db.session, _kept(), secret_key=_secret())
        except tokens.LinkRefused:
            return _refused()
        wanted = targets.recall()
        begin_session(account)
        return redirect(unsaved.path() or wanted or home_of(account), 303)
    if not _works(TokenPurpose.SIGN_IN):
        return _refused()
    return render_template("auth/enter.html", form=form)


def _keep(link: str, endpoint: str) -> ResponseReturnValue:
    browser[_LINK] = link[:_LONGEST]
    return redirect(url_for(endpoint), 303)


def _kept() -> str:
    return str(browser.get(_LINK, ""))


def _works(purpose: TokenPurpose) -> bool:
    try:
        entering.find_link(db.session, _kept(), purpose, secret_key=_secret())
    except tokens.LinkRefused:
        return False
    return True


def _refused() -> ResponseReturnValue:
    return render_template("auth/link_refused.html"), 410


def _enter(account: Account, notice: str) -> ResponseReturnValue:
    begin_session(account)
    flash(notice, "success")
    return redirect(_profile_of(account), 303)


def _secret() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.secret_key


def _profile_of(account: Account) -> str:
    """Return where a person tells about themselves; coordinators have no profile."""
    for membership in account.memberships:
        if membership.role is not Role.COORDINATOR:
            return url_for("profiles.show", slug=membership.programme.slug)
    return home_of(account)

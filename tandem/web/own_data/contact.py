"""Another name, and another address once it was confirmed."""

from flask import current_app, flash, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tandem.config import Settings
from tandem.extensions import db
from tandem.services import entering, own_data, tokens
from tandem.web.access import Access, access
from tandem.web.forms import add_error
from tandem.web.identity import signed_in_account
from tandem.web.own_data import wording
from tandem.web.own_data.forms import EmailForm, NameForm
from tandem.web.own_data.views import bp
from tandem.web.scope import current_programme

_LINK = "link"
_LONGEST = 200


@bp.route("/my-data/name", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def name() -> ResponseReturnValue:
    """Go by another name."""
    form = NameForm(obj=signed_in_account())
    if not form.validate_on_submit():
        return render_template("own_data/name.html", form=form), 422 if form.errors else 200
    own_data.change_name(
        db.session,
        first_name=form.first_name.data or "",
        last_name=form.last_name.data or "",
        actor=signed_in_account(),
        programme=current_programme(),
    )
    flash(_("Your name is changed."), "success")
    return redirect(url_for("own_data.show"), 303)


@bp.route("/my-data/email", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def email() -> ResponseReturnValue:
    """Ask for another address; the answer is the same for known and unknown ones (TRUST B2)."""
    form, actor = EmailForm(), signed_in_account()
    if form.validate_on_submit():
        try:
            own_data.ask_to_change_email(
                db.session,
                form.email.data or "",
                form.password.data or "",
                actor=actor,
                programme=current_programme(),
            )
        except own_data.NotProven:
            add_error(form.password, wording.not_proven())
        else:
            flash(
                _(
                    "We have sent a link to the new address. Until you follow it, the old one "
                    "counts."
                ),
                "info",
            )
            return redirect(url_for("own_data.show"), 303)
    is_fresh = own_data.has_fresh_link(db.session, actor)
    page = render_template("own_data/email.html", form=form, is_fresh=is_fresh)
    return page, 422 if form.errors else 200


@bp.get("/my-data/email/<link>")
@access(Access.PUBLIC)
def keep_link(link: str) -> ResponseReturnValue:
    """Take the secret of a new address out of the address of the page (TRUST B3)."""
    browser[_LINK] = link[:_LONGEST]
    return redirect(url_for("own_data.confirm_email"), 303)


@bp.route("/my-data/email/confirm", methods=["GET", "POST"])
@access(Access.PARTICIPANT)
def confirm_email() -> ResponseReturnValue:
    """Confirm the new address by a button."""
    form, actor, link = FlaskForm(), signed_in_account(), str(browser.get(_LINK, ""))
    if form.validate_on_submit():
        try:
            own_data.change_email(
                db.session,
                link,
                actor=actor,
                programme=current_programme(),
                secret_key=_secret(),
            )
        except tokens.LinkRefused:
            return _refused()
        flash(_("Your new address counts from now on."), "success")
        return redirect(url_for("own_data.show"), 303)
    if not own_data.can_change_email(db.session, link, actor=actor, secret_key=_secret()):
        return _refused()
    return render_template("own_data/confirm_email.html", form=form)


@bp.post("/my-data/link")
@access(Access.PARTICIPANT)
def send_link() -> ResponseReturnValue:
    """Send a link to whoever has no password, or does not know it."""
    entering.ask_to_sign_in(db.session, signed_in_account().email)
    flash(
        _(
            "We have sent you a link. Sign in with it and come back to this page within "
            "%(minutes)d minutes.",
            minutes=own_data.FRESH.seconds // 60,
        ),
        "info",
    )
    return redirect(url_for("own_data.show"), 303)


def _refused() -> ResponseReturnValue:
    return render_template("own_data/email_refused.html"), 410


def _secret() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.secret_key

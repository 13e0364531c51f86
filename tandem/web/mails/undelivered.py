"""Mails that did not arrive: whom to call, why, and what to do."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import mails
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.mails import wording
from tandem.web.scope import current_programme

undelivered_bp = Blueprint("undelivered", __name__, url_prefix="/<slug>/mails")


@undelivered_bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """List what did not arrive, the newest first."""
    failed = mails.list_failed(db.session, current_programme(), actor=signed_in_account())
    return render_template("mails/undelivered.html", failed=failed, wording=wording), 200


@undelivered_bp.post("/<key>/again")
@access(Access.COORDINATOR)
def send_again(key: str) -> ResponseReturnValue:
    """Send a mail once more, to the address that its reader has now."""
    address = mails.send_again(
        db.session, key, programme=current_programme(), actor=signed_in_account()
    )
    flash(_("The e-mail is on its way to %(address)s once more.", address=address), "success")
    return redirect(url_for("undelivered.index"), 303)


@undelivered_bp.post("/<key>/settle")
@access(Access.COORDINATOR)
def settle(key: str) -> ResponseReturnValue:
    """Take a mail off the list."""
    mails.settle(db.session, key, programme=current_programme(), actor=signed_in_account())
    flash(_("Taken off the list."), "success")
    return redirect(url_for("undelivered.index"), 303)

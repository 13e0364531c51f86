"""The inbox of a demo: mails that would have left, with links that work."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from tandem.config import Settings
from tandem.extensions import db
from tandem.services import inbox
from tandem.web.access import Access, access
from tandem.web.mails.forms import MailboxForm

bp = Blueprint("mails", __name__, url_prefix="/dev/mail")


@bp.get("/")
@access(Access.PUBLIC)
def index() -> ResponseReturnValue:
    """List mails, the newest first."""
    form = MailboxForm(formdata=request.args)
    valid = form.validate()
    mails = inbox.list_mails(db.session, to_address=form.to.data or "" if valid else "")
    return render_template("mails/index.html", mails=mails, form=form), 200 if valid else 422


@bp.get("/<key>")
@access(Access.PUBLIC)
def show(key: str) -> ResponseReturnValue:
    """Show one mail as its reader gets it."""
    settings: Settings = current_app.extensions["settings"]
    letter = inbox.open_mail(db.session, key, settings=settings)
    return render_template("mails/show.html", letter=letter), 200

"""Start page, legal pages, and where things stand."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tandem.config import Settings
from tandem.extensions import db
from tandem.services import programmes, standings
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.programmes import wording
from tandem.web.scope import current_programme

bp = Blueprint("programmes", __name__)


@bp.get("/")
@access(Access.PUBLIC)
def index() -> ResponseReturnValue:
    """Lead to the only programme, or list them all."""
    found = programmes.list_programmes(db.session)
    if len(found) == 1:
        return redirect(url_for("programmes.start", slug=found[0].slug), 303)
    return render_template("programmes/index.html", programmes=found)


@bp.get("/<slug>/")
@access(Access.PUBLIC)
def start() -> ResponseReturnValue:
    """Say what the programme is, and open two doors."""
    return render_template("programmes/start.html")


@bp.get("/<slug>/home")
@access(Access.PARTICIPANT)
def home() -> ResponseReturnValue:
    """Say in one sentence where things stand and what comes next."""
    standing = standings.get_standing(
        db.session, actor=signed_in_account(), programme=current_programme()
    )
    return render_template(
        "programmes/home.html",
        standing=standing,
        view=wording.describe(standing),
        wording=wording,
    )


@bp.get("/<slug>/check-mail")
@access(Access.PUBLIC)
def check_mail() -> ResponseReturnValue:
    """Ask to look for our mail: the same page, whatever was registered (TRUST B2)."""
    settings: Settings = current_app.extensions["settings"]
    return render_template("programmes/check_mail.html", shows_mail=settings.shows_mail)


@bp.get("/<slug>/imprint")
@access(Access.PUBLIC)
def imprint() -> ResponseReturnValue:
    """Say who answers for these pages."""
    return render_template("programmes/imprint.html")


@bp.get("/<slug>/privacy")
@access(Access.PUBLIC)
def privacy() -> ResponseReturnValue:
    """Say which data are kept, why, who sees them, and for how long."""
    return render_template("programmes/privacy.html")


@bp.get("/<slug>/accessibility")
@access(Access.PUBLIC)
def accessibility() -> ResponseReturnValue:
    """Say how these pages can be used, and whom to tell where they cannot."""
    return render_template("programmes/accessibility.html")

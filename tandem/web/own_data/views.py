"""My data: everything on one page, to take along, and an objection that acts at once."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.extensions import db
from tandem.services import own_data
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.own_data import wording
from tandem.web.scope import current_programme

bp = Blueprint("own_data", __name__, url_prefix="/<slug>")


@bp.get("/my-data/")
@access(Access.PARTICIPANT)
def show() -> ResponseReturnValue:
    """Show what is held about the person, and what they can do about it."""
    overview = own_data.get_overview(
        db.session, actor=signed_in_account(), programme=current_programme()
    )
    return render_template(
        "own_data/show.html",
        overview=overview,
        account=signed_in_account(),
        looks=wording.looks(overview.looks),
        wording=wording,
    )


@bp.get("/my-data/export.zip")
@access(Access.PARTICIPANT)
def export() -> ResponseReturnValue:
    """Hand everything over, as JSON and CSV."""
    content = own_data.export(db.session, actor=signed_in_account(), programme=current_programme())
    name = f"{current_programme().slug}-my-data.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/zip", headers=headers)


@bp.post("/my-data/object")
@access(Access.PARTICIPANT)
def object_() -> ResponseReturnValue:
    """Take part in no round from now on."""
    own_data.object_to_matching(
        db.session, actor=signed_in_account(), programme=current_programme()
    )
    flash(_("From now on no round takes you in. You can take that back at any time."), "success")
    return redirect(url_for("own_data.show"), 303)


@bp.post("/my-data/object/undo")
@access(Access.PARTICIPANT)
def take_objection_back() -> ResponseReturnValue:
    """Take part in rounds again."""
    own_data.take_objection_back(
        db.session, actor=signed_in_account(), programme=current_programme()
    )
    flash(_("Rounds take you in again."), "success")
    return redirect(url_for("own_data.show"), 303)

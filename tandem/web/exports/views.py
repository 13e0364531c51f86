"""Take lists along: as a workbook, or as CSV for what wants it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.services import exports, rounds, tandems
from tandem.web.access import Access, access
from tandem.web.exports import wording
from tandem.web.files import table_file
from tandem.web.identity import signed_in_account
from tandem.web.scope import current_programme

bp = Blueprint("exports", __name__, url_prefix="/<slug>/exports")


@bp.get("/companies")
@access(Access.COORDINATOR)
def companies() -> ResponseReturnValue:
    """Hand over the companies."""
    rows = exports.company_rows(db.session, current_programme(), actor=signed_in_account())
    return table_file("companies", {_("Companies"): wording.companies(rows)})


@bp.get("/tandems")
@access(Access.COORDINATOR)
def pairs() -> ResponseReturnValue:
    """Hand over the tandems of a view."""
    asked = request.args.get("view")
    view = next((each for each in tandems.View if each.value == asked), tandems.View.WAITING)
    rows = exports.tandem_rows(db.session, current_programme(), view, actor=signed_in_account())
    return table_file(f"tandems-{view.value}", {_("Tandems"): wording.tandems(rows)})


@bp.get("/<key>/proposals")
@access(Access.COORDINATOR)
def proposals(key: str) -> ResponseReturnValue:
    """Hand over what a round proposes."""
    actor = signed_in_account()
    round_ = rounds.get_round(db.session, key, programme=current_programme(), actor=actor)
    snapshot = rounds.solved_snapshot(db.session, round_)
    if snapshot is None:
        raise NotFound
    rows = exports.proposal_rows(db.session, snapshot, wording.CRITERIA, actor=actor)
    return table_file("proposals", {_("Proposals"): wording.proposals(rows)})

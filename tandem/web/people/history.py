"""The history of a person's profile, and who looked at it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tandem.extensions import db
from tandem.services import looks, people
from tandem.web.access import Access, access
from tandem.web.identity import signed_in_account
from tandem.web.people import pages, wording
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.get("/<key>/history")
@access(Access.COORDINATOR)
def history(key: str) -> ResponseReturnValue:
    """Show version by version what changed, who did it, and who looked."""
    programme, person = current_programme(), pages.get_person(key)
    page = render_template(
        "people/history.html",
        person=person,
        chapters=people.tell_history(db.session, programme, person),
        looks=looks.list_looks(db.session, person.who),
        wording=wording,
    )
    looks.note_look(db.session, person.who, account=signed_in_account())
    return page, 200

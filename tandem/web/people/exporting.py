"""Take along the people who were found, in the columns that an import reads."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.errors import NotFound
from tandem.extensions import db
from tandem.models import Side
from tandem.services import exports, people
from tandem.web.access import Access, access
from tandem.web.files import Table, table_file, wants_csv
from tandem.web.identity import signed_in_account
from tandem.web.people.forms import SearchForm
from tandem.web.people.views import bp
from tandem.web.scope import current_programme


@bp.get("/list")
@access(Access.COORDINATOR)
def export() -> ResponseReturnValue:
    """Hand over both sides as a workbook, or one of them as CSV, as they were looked for."""
    form = SearchForm(formdata=request.args)
    if not form.validate():
        raise NotFound
    search = form.to_search(page=1)
    if wants_csv():
        side = search.side or Side.MENTEE
        return table_file(f"{side.value}s", {"": _rows(search, side)})
    names = {Side.MENTEE: _("Mentees"), Side.MENTOR: _("Mentors")}
    sides = [search.side] if search.side else list(names)
    return table_file("people", {names[side]: _rows(search, side) for side in sides})


def _rows(search: people.Search, side: Side) -> Table:
    return exports.people_rows(
        db.session, current_programme(), search, side=side, actor=signed_in_account()
    )

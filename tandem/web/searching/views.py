"""What a script asks while somebody types; without it the forms search by themselves."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from tandem.errors import NotFound
from tandem.text import Unclean, clean_line
from tandem.web.access import Access, access
from tandem.web.searches import LONGEST, SOURCES, Result

bp = Blueprint("searching", __name__, url_prefix="/<slug>/search")


@bp.get("/<source>")
@access(Access.PUBLIC)
def search(source: str) -> ResponseReturnValue:
    """Return what fits the words so far."""
    if source not in SOURCES:
        raise NotFound
    try:
        words = clean_line(request.args.get("q", "")[:LONGEST])
    except Unclean:
        words = ""
    found = SOURCES[source].find(words) if words else []
    said = ngettext("%(num)d result", "%(num)d results", len(found))
    return {"said": said, "found": [_as_json(each) for each in found]}


def _as_json(result: Result) -> dict[str, object]:
    return {
        "code": result.code,
        "name": result.name,
        "above": result.above,
        "also": [{"lang": each.language, "parts": each.parts} for each in result.also],
    }

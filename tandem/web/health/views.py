"""The address that tells whether the service answers."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tandem.web.access import Access, access

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access(Access.PUBLIC)
def live() -> ResponseReturnValue:
    """Say that the web server answers; asks nothing else."""
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}

"""Pages about the end of a tandem: closing, survey, certificate, and what became of the mentee."""

from flask import Blueprint

bp = Blueprint("closings", __name__, url_prefix="/<slug>/closings")

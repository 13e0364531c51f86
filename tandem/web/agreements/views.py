"""Pages about the agreement of a tandem: writing it, agreeing to it, its document."""

from flask import Blueprint

bp = Blueprint("agreements", __name__, url_prefix="/<slug>/agreements")

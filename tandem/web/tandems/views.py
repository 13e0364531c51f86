"""Pages about tandems."""

from flask import Blueprint

bp = Blueprint("tandems", __name__, url_prefix="/<slug>/tandems")

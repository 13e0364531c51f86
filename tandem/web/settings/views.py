"""Settings of a programme: its rhythm, and whom to ask."""

from flask import Blueprint

bp = Blueprint("settings", __name__, url_prefix="/<slug>/settings")

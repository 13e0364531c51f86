"""Pages about meetings: proposing, answering, writing down, and the calendar that shows them."""

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/<slug>/meetings")

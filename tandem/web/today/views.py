"""What waits for a coordinator today, and what they have promised to do."""

from flask import Blueprint

bp = Blueprint("today", __name__, url_prefix="/<slug>/today")

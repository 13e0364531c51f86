"""Pages with questions to each side while a tandem runs, and what is done with the answers."""

from flask import Blueprint

bp = Blueprint("check_ins", __name__, url_prefix="/<slug>/check-ins")

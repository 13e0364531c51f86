"""Pages about mails."""

from flask import Blueprint

bp = Blueprint("mails", __name__)

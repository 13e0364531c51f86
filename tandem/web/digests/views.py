"""How often somebody wants to be told, and how to stop it."""

from flask import Blueprint

bp = Blueprint("digests", __name__, url_prefix="/<slug>/notices")

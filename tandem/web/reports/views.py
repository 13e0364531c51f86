"""Pages with figures for a period, and the yearly report."""

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/<slug>/reports")

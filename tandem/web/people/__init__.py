"""Pages about people."""

from tandem.web.people import apart, history, noting
from tandem.web.people.views import bp

__all__ = ["apart", "bp", "history", "noting"]

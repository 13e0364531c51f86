"""Pages about people."""

from tandem.web.people import apart, entering, exporting, history, merging, noting, reaching
from tandem.web.people.views import bp

__all__ = ["apart", "bp", "entering", "exporting", "history", "merging", "noting", "reaching"]

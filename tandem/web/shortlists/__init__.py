"""Pages about short lists."""

from tandem.web.shortlists.views import bp

__all__ = ["bp"]

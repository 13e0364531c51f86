"""Pages about people."""

from tandem.web.people.views import bp

__all__ = ["bp"]

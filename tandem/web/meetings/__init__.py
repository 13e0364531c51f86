"""Pages about meetings."""

from tandem.web.meetings.views import bp

__all__ = ["bp"]

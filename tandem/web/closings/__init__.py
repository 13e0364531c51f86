"""Pages about the end of a tandem and what became of it."""

from tandem.web.closings.views import bp

__all__ = ["bp"]

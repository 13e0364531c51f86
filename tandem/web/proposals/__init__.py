"""Pages about proposals."""

from tandem.web.proposals.views import bp

__all__ = ["bp"]

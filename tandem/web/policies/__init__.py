"""Pages about policies."""

from tandem.web.policies.views import bp

__all__ = ["bp"]

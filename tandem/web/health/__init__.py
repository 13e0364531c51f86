"""Whether the service answers."""

from tandem.web.health.views import bp

__all__ = ["bp"]

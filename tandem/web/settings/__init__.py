"""Settings of a programme."""

from tandem.web.settings.views import bp

__all__ = ["bp"]

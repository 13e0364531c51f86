"""What waits for a coordinator."""

from tandem.web.today.views import bp

__all__ = ["bp"]

"""Pages about tandems."""

from tandem.web.tandems.views import bp

__all__ = ["bp"]

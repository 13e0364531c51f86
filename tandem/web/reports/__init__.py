"""Pages with figures."""

from tandem.web.reports.views import bp

__all__ = ["bp"]

"""Companies: registering, and being vetted by the coordination."""

from tandem.web.companies.views import bp

__all__ = ["bp"]

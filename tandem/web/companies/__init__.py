"""Companies: registering, being vetted, and the page for their own mentors."""

from tandem.web.companies import correcting
from tandem.web.companies.own import bp as own_bp
from tandem.web.companies.views import bp

__all__ = ["bp", "correcting", "own_bp"]

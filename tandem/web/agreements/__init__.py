"""Pages about what a tandem has agreed on."""

from tandem.web.agreements.panel import goals, terms
from tandem.web.agreements.views import bp

__all__ = ["bp", "goals", "terms"]

"""Pages about lists that coordinators bring along."""

from tandem.web.imports import choosing
from tandem.web.imports.views import bp

__all__ = ["bp", "choosing"]

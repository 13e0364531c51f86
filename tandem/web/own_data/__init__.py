"""Pages about one's own data: see, correct, take along, object, delete."""

from tandem.web.own_data import contact, leaving
from tandem.web.own_data.views import bp

__all__ = ["bp", "contact", "leaving"]

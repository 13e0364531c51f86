"""The public pages of a programme, and where things stand for those who take part."""

from tandem.web.programmes.views import bp

__all__ = ["bp"]

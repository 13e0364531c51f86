"""Searching occupations, sectors and places while somebody types."""

from tandem.web.searching.views import bp

__all__ = ["bp"]

"""Mentees: registering."""

from tandem.web.mentees.views import bp

__all__ = ["bp"]

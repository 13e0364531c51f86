"""Signing in and out, and what links from mails open."""

from tandem.web.auth import links
from tandem.web.auth.views import bp

__all__ = ["bp", "links"]

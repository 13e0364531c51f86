"""Signing in and out, and confirming an address."""

from tandem.web.auth.views import bp

__all__ = ["bp"]

"""One's own profile: write it step by step, send it, pause."""

from tandem.web.profiles.views import bp

__all__ = ["bp"]

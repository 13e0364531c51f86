"""Pages about mails."""

from tandem.web.mails.views import bp

__all__ = ["bp"]

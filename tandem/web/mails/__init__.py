"""Pages about mails."""

from tandem.web.mails.undelivered import undelivered_bp
from tandem.web.mails.views import bp

__all__ = ["bp", "undelivered_bp"]

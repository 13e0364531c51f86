"""Lists as files."""

from tandem.web.exports.views import bp

__all__ = ["bp"]

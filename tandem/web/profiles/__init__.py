"""A profile, written step by step: one's own, or for somebody whom staff entered."""

from tandem.web.profiles import rights
from tandem.web.profiles.desk import bp as desk_bp
from tandem.web.profiles.views import bp

__all__ = ["bp", "desk_bp", "rights"]

"""Pages about meetings."""

from tandem.web.meetings.calendars import bp as calendars_bp
from tandem.web.meetings.panel import panel, past
from tandem.web.meetings.views import bp

__all__ = ["bp", "calendars_bp", "panel", "past"]

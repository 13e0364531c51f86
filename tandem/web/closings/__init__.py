"""Pages about the end of a tandem and what became of it."""

from tandem.web.closings import certificates, outcomes, surveys
from tandem.web.closings.panel import panel, thanks
from tandem.web.closings.views import bp

__all__ = ["bp", "certificates", "outcomes", "panel", "surveys", "thanks"]

"""Pages with questions to each side while a tandem runs."""

from tandem.web.check_ins.panel import panel
from tandem.web.check_ins.views import bp

__all__ = ["bp", "panel"]

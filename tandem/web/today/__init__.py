"""What waits for a coordinator."""

from tandem.web.today.panel import instead, panel
from tandem.web.today.todos import todos_bp
from tandem.web.today.views import bp

__all__ = ["bp", "instead", "panel", "todos_bp"]

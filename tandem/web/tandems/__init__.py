"""Pages about tandems."""

from tandem.web.tandems import ending, pausing, said
from tandem.web.tandems.panel import course, ways_out
from tandem.web.tandems.views import bp

__all__ = ["bp", "course", "ending", "pausing", "said", "ways_out"]

"""How often somebody wants to be told."""

from tandem.web.digests import stopping
from tandem.web.digests.views import bp

__all__ = ["bp", "stopping"]

"""Who is paired with whom, and the proof that nobody could choose better."""

from matching.assign.blocks import Source, Tile
from matching.assign.paths import assign
from matching.assign.prices import Prices
from matching.assign.problem import Assignment
from matching.assign.verify import Certificate, verify

__all__ = ["Assignment", "Certificate", "Prices", "Source", "Tile", "assign", "verify"]

"""How well two people fit, one module per criterion.

Every module has ``build(cohort)``, the fits of all pairs as tables, and ``describe(mentor,
mentee, policy)``, the code and the values from which one pair's fit can be told.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from matching.arrays import Index, Points
from matching.cohort import Cohort
from matching.criteria import (
    availability,
    language,
    needs,
    occupation,
    qualification,
    reach,
    sector,
    waiting,
    wishes,
)
from matching.criteria.tables import Description
from matching.people import Mentee, Mentor
from matching.policy import Policy


class Fits(Protocol):
    """Fits of all pairs in one criterion, in basis points, computed where asked for."""

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""


BUILD: Final[Mapping[str, Callable[[Cohort], Fits]]] = {
    "occupation": occupation.build,
    "sector": sector.build,
    "needs": needs.build,
    "qualification": qualification.build,
    "language": language.build,
    "reach": reach.build,
    "wishes": wishes.build,
    "availability": availability.build,
    "waiting": waiting.build,
}
DESCRIBE: Final[Mapping[str, Callable[[Mentor, Mentee, Policy], Description]]] = {
    "occupation": occupation.describe,
    "sector": sector.describe,
    "needs": needs.describe,
    "qualification": qualification.describe,
    "language": language.describe,
    "reach": reach.describe,
    "wishes": wishes.describe,
    "availability": availability.describe,
    "waiting": waiting.describe,
}

"""Where made-up people live and how they get about: a district, a state, Germany."""

from dataclasses import dataclass
from math import isqrt
from typing import Final

from matching.simulate.dice import Dice, Loaded
from matching.simulate.towns import DITHMARSCHEN, GERMANY, SCHLESWIG_HOLSTEIN, Town

_METRES_PER_ROOT: Final = 8
"""A town of n people reaches 8 √n metres from its centre: 15 km for Berlin, 1 km for Heide."""


@dataclass(frozen=True)
class Region:
    """Towns, drawn by size, and habits.

    Attributes
    ----------
    towns : where people live
    outside, around : so many of a hundred live up to so many metres outside their town
    online : so many of a hundred would meet online too
    """

    towns: Loaded[Town]
    outside: int
    around: int
    online: int

    def settle(self, dice: Dice, town: Town) -> tuple[float, float]:
        """Draw a home in or around a town, in whole metres."""
        metres = self.around if dice.chance(self.outside) else _METRES_PER_ROOT * isqrt(town.people)
        return float(town.x + dice.around(metres)), float(town.y + dice.around(metres))


def _by_size(towns: tuple[Town, ...]) -> Loaded[Town]:
    return Loaded({town: town.people for town in towns})


REGIONS: Final = {
    "district": Region(_by_size(DITHMARSCHEN), outside=25, around=6_000, online=20),
    "state": Region(_by_size(SCHLESWIG_HOLSTEIN), outside=35, around=15_000, online=10),
    "germany": Region(_by_size(GERMANY), outside=40, around=30_000, online=5),
}

"""What it would cost all others to do without somebody."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.arrays import Wide

FAR: Final = 2**40
"""So many tandems stand for what cannot be; sums of a few are still whole."""


@dataclass(frozen=True, eq=False)
class Losses:
    """Tandems and points that the best result loses, in all.

    Attributes
    ----------
    of_mentees : int64 array, shape (n_mentees, 2)
        Without each mentee.
    of_places : int64 array, shape (n_mentors, 2)
        With one place less at each mentor; `FAR` tandems where all places are pinned.
    """

    of_mentees: Wide
    of_places: Wide


def nothing_known(shape: tuple[int, ...]) -> Losses:
    """Return losses that are all `FAR`."""
    n_mentors, n_mentees = shape
    return Losses(
        np.full((n_mentees, 2), FAR, dtype=np.int64), np.full((n_mentors, 2), FAR, dtype=np.int64)
    )

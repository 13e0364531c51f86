"""Which postal code a point on the plane belongs to, as nearly as centres can tell."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy.spatial import cKDTree

from tandem.taxonomy.places import locate, postal_codes


def nearest_postal_codes(places: Sequence[tuple[float, float]]) -> list[str]:
    """Return for each place, in metres, the postal code whose centre is nearest.

    Notes
    -----
    By a k-d tree, in O(log n) a place; of equally near centres, any.
    """
    codes, tree = _centres()
    if not places:
        return []
    _, found = tree.query(np.asarray(places, dtype=np.float64))
    return [codes[at] for at in np.atleast_1d(found)]


@cache
def _centres() -> tuple[list[str], "cKDTree[None]"]:
    codes = postal_codes()
    return codes, cKDTree(np.array([locate(code) for code in codes], dtype=np.float64))

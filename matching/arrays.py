"""Names for the arrays that travel through the package."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.int16]
"""Basis points, 0 to 10,000: fits, points of a criterion, or scores."""

Wide: TypeAlias = NDArray[np.int64]
"""Prices and costs, which outgrow basis points."""

Costs: TypeAlias = NDArray[np.signedinteger]
"""Costs of exchanges, as narrow as they fit."""

Mask: TypeAlias = NDArray[np.bool_]
"""Shape (n_mentors, n_mentees) unless said otherwise."""

Index: TypeAlias = NDArray[np.intp]
"""Positions in another array."""

"""Choose how to assign: on the whole matrix, or by blocks."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from matching.assign.blocks import Source, fill, lay_out
from matching.assign.dense import assign_dense
from matching.assign.large import assign_large
from matching.assign.problem import Assignment, as_array, pose
from matching.assign.ties import Keys
from matching.errors import InvalidInput

PATHS: Final = ("auto", "dense", "large")
LARGE_CELLS: Final = 2**22
"""From so many pairs on (2,048 people a side) the large path is the faster one by far."""


def assign(
    scores: ArrayLike | Source,
    *,
    allowed: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    pinned: Iterable[tuple[int, int]] = (),
    aim: str = "most",
    tie_keys: tuple[Keys, Keys] | None = None,
    path: str = "auto",
) -> Assignment:
    """Choose the pairs that serve an aim best.

    Parameters
    ----------
    scores : int array, shape (n_mentors, n_mentees)
        0 to 10,000, higher is better. Or a :class:`Source`, so that the matrix need not exist.
    allowed : bool array, same shape
        Which pairs may be made; all of them by default.
    capacity : int array, shape (n_mentors,)
        How many mentees each mentor may have; one by default.
    pinned : pairs of positions that must be made
    aim : ``most`` or ``best``
        Most pairs, then the highest total; or the highest total, then most pairs.
    tie_keys : two uint64 arrays, shapes (n_mentors,) and (n_mentees,)
        Among equal results, take the one with the smallest sum of mixed keys. Without them
        that choice depends on the order of rows and columns.
    path : ``auto``, ``dense`` or ``large``
        How to solve: on the whole matrix, or by blocks in memory that grows with the people.
        By default by size. Both find the same tandems and score, and with keys that count
        the same pairs.

    Returns
    -------
    Assignment
        No other choice is better under the aim; :func:`verify` can tell from its prices.

    Raises
    ------
    InvalidInput
        If an argument has the wrong shape, type or range, or the pins cannot be kept.

    Notes
    -----
    Dense: places are rows of a rectangular linear assignment, solved by shortest augmenting
    paths [1]_ in O(n^3). Large: the same over the best candidates of everybody, whose dual
    prices are then held against all pairs, by blocks on all cores; pairs that beat their
    prices become candidates, until there are none [2]_.

    Keys count below the last whole number of worth, as finely as doubles stay exact; beyond
    some 7,000 people they do not count at all. Where even the sums of keys are equal the
    order decides: sort both sides by key first.

    References
    ----------
    .. [1] D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE
       Trans. Aerosp. Electron. Syst. 52(4), 2016.
    .. [2] A. Volgenant, "Linear and semi-assignment problems: a core oriented approach",
       Computers & Operations Research 23(10), 1996.

    Examples
    --------
    >>> chosen = assign(np.array([[9000, 8000], [8500, 0]]))
    >>> chosen.pairs.tolist(), chosen.score
    ([[0, 1], [1, 0]], 16500)
    """
    shape = scores.shape if isinstance(scores, Source) else as_array("scores", scores).shape
    if tie_keys is not None:
        _check_keys(tie_keys, shape)
    if takes_large_path(shape, aim=aim, path=path):
        field = lay_out(scores, allowed=allowed, capacity=capacity, pinned=pinned, aim=aim)
        return assign_large(field, aim=aim, tie_keys=tie_keys)
    if isinstance(scores, Source):
        field = lay_out(scores, allowed=allowed)
        scores, allowed = fill(field.source)
    problem = pose(scores, allowed=allowed, capacity=capacity, pinned=pinned, aim=aim)
    return assign_dense(problem, aim, tie_keys)


def takes_large_path(shape: tuple[int, ...], *, aim: str, path: str) -> bool:
    """Whether a round of this shape is solved by blocks.

    Raises
    ------
    InvalidInput
        If there is no such path, or it cannot serve the aim.
    """
    if path not in PATHS:
        raise InvalidInput(f"path: {path!r} is not one of {', '.join(PATHS)}")
    if path == "large" and aim == "fair":
        raise InvalidInput("path: the aim 'fair' is served by the dense path only")
    if path == "auto" and aim != "fair":
        return len(shape) == 2 and shape[0] * shape[1] >= LARGE_CELLS
    return path == "large"


def _check_keys(tie_keys: tuple[Keys, Keys], shape: tuple[int, ...]) -> None:
    if tuple(map(len, tie_keys)) != shape:
        raise InvalidInput(f"tie_keys: {len(tie_keys[0])} and {len(tie_keys[1])} keys")
    for keys in map(np.asarray, tie_keys):
        if keys.dtype != np.uint64:
            raise InvalidInput(f"tie_keys: {keys.dtype}, not uint64")

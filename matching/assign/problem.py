"""The question an assignment answers, checked once, and the answer's shape."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.arrays import Index, Mask
from matching.assign.prices import Prices
from matching.errors import InvalidInput
from matching.policy import AIMS, FULL


@dataclass(frozen=True, eq=False)
class Assignment:
    """Chosen pairs and the prices that prove them.

    Attributes
    ----------
    pairs : int array, shape (k, 2)
        Positions of mentor and mentee, in order of mentor, then mentee.
    tandems : how many pairs
    score : total of their scores
    prices : see :class:`Prices`
    """

    pairs: Index
    tandems: int
    score: int
    prices: Prices


@dataclass(frozen=True, eq=False)
class Problem:
    """Scores, what is allowed, places and pins; `open` is what the pins leave to choose.

    Attributes
    ----------
    scores : int array, shape (n_mentors, n_mentees)
    allowed : bool array, same shape
    capacity, left : int arrays, shape (n_mentors,)
        Places before and after the pins, no more than there are mentees.
    places : int array, shape (n_mentors,)
        What is left, no more than there are open pairs.
    pinned : int array, shape (p, 2)
    open : bool array, shape of `scores`
        Allowed pairs of a mentor with a place left and a mentee who is not pinned.
    size : so many pairs, besides the pinned ones, and no more can be made
    """

    scores: NDArray[np.integer]
    allowed: Mask
    capacity: Index
    left: Index
    places: Index
    pinned: Index
    open: Mask
    size: int


def pose(
    scores: ArrayLike,
    *,
    allowed: ArrayLike | None,
    capacity: ArrayLike | None,
    pinned: Iterable[tuple[int, int]],
    aim: str,
) -> Problem:
    """Check the arguments of :func:`assign` and :func:`verify`.

    Raises
    ------
    InvalidInput
        Naming the argument and the value that cannot be.
    """
    check_aim(aim)
    checked = check_scores(scores)
    mask = check_mask(allowed, checked.shape)
    places = check_capacity(capacity, checked.shape)

    def is_allowed(row: int, column: int) -> bool:
        return bool(mask[row, column])

    pins = check_pins(pinned, is_allowed, shape=mask.shape, places=places)
    left = places - np.bincount(pins[:, 0], minlength=len(places))
    still_open = mask & (left > 0)[:, None]
    still_open[:, pins[:, 1]] = False
    return Problem(
        scores=checked,
        allowed=mask,
        capacity=places,
        left=left,
        places=np.minimum(left, np.count_nonzero(still_open, axis=1)),
        pinned=pins,
        open=still_open,
        size=most_pairs(left, checked.shape[1] - len(pins)),
    )


def most_pairs(places: Index, n_mentees: int) -> int:
    """Return how many pairs can be made at most, whoever may be paired with whom."""
    return min(int(np.minimum(places, n_mentees).sum()), n_mentees)


def as_array(name: str, given: ArrayLike) -> NDArray[Any]:
    """Return an array, refusing what is none, such as rows of different lengths."""
    try:
        return np.asarray(given)
    except ValueError as error:
        raise InvalidInput(f"{name}: {error}") from error


def check_aim(aim: str) -> None:
    """Refuse an aim that is none."""
    if aim not in AIMS:
        raise InvalidInput(f"aim: {aim!r} is not one of {', '.join(AIMS)}")


def check_scores(scores: ArrayLike) -> NDArray[np.integer]:
    """Return a matrix of scores, refusing what is none."""
    array = as_array("scores", scores)
    if array.ndim != 2 or not np.issubdtype(array.dtype, np.integer):
        raise InvalidInput(f"scores: {array.dtype} of shape {array.shape} is no integer matrix")
    if array.size and not (array.min() >= 0 and array.max() <= FULL):
        raise InvalidInput(f"scores: {array.min()} to {array.max()} is not within 0 to {FULL}")
    return array


def check_mask(allowed: ArrayLike | None, shape: tuple[int, ...]) -> Mask:
    """Return which pairs may be made, refusing a mask of another shape or type."""
    mask = np.ones(shape, dtype=np.bool_) if allowed is None else as_array("allowed", allowed)
    if mask.shape != shape or mask.dtype != np.bool_:
        raise InvalidInput(f"allowed: {mask.dtype} of shape {mask.shape}, not bool of {shape}")
    return mask


def check_capacity(capacity: ArrayLike | None, shape: tuple[int, ...]) -> Index:
    """Return the places of every mentor, no more than there are mentees."""
    places = (
        np.ones(shape[0], dtype=np.intp) if capacity is None else as_array("capacity", capacity)
    )
    if not places.size:
        places = places.astype(np.intp)
    if places.shape != shape[:1] or not np.issubdtype(places.dtype, np.integer):
        raise InvalidInput(f"capacity: {places.dtype} of shape {places.shape}, not {shape[:1]}")
    if places.size and places.min() < 0:
        raise InvalidInput(f"capacity: {places.min()} is negative")
    return np.minimum(places, shape[1]).astype(np.intp)


def check_pins(
    pinned: Iterable[tuple[int, int]],
    is_allowed: Callable[[int, int], bool],
    *,
    shape: tuple[int, ...],
    places: Index,
) -> Index:
    """Return the pins in order, refusing those that cannot be kept."""
    listed = [_checked_pin(pin) for pin in pinned]
    pins = np.array(sorted(set(listed)), dtype=np.intp).reshape(-1, 2)
    for row, column in pins.tolist():
        if not (0 <= row < shape[0] and 0 <= column < shape[1]):
            raise InvalidInput(f"pinned: ({row}, {column}) is outside {shape}")
        if not is_allowed(row, column):
            raise InvalidInput(f"pinned: ({row}, {column}) is not allowed")
        mates = pins[pins[:, 1] == column, 0]
        if len(mates) > 1:
            raise InvalidInput(f"pinned: mentee {column} to mentors {mates.tolist()}")
        taken = pins[pins[:, 0] == row, 1]
        if len(taken) > places[row]:
            raise InvalidInput(
                f"pinned: mentees {taken.tolist()} to mentor {row} with {places[row]} places"
            )
    return pins


def _checked_pin(pin: Iterable[object]) -> tuple[int, int]:
    match tuple(pin):
        case (int() | np.integer() as row, int() | np.integer() as column):
            return int(row), int(column)
    raise InvalidInput(f"pinned: {pin!r} is not a pair of positions")

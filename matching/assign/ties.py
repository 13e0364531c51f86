"""Break ties by hashes of ids, so that names, dates and the order of rows play no part."""

import hashlib
from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Wide

Keys: TypeAlias = NDArray[np.uint64]

EXACT: Final = 2**50
"""Whole numbers up to here, and sums of the few that a solver adds, are exact in doubles."""
FEWEST: Final = 1024
"""With as many values of a hash, equal sums are rare; with fewer, hashes decide too little."""


def tie_key(person_id: str, seed: int) -> int:
    """Hash an id to 64 bits, another way for every seed."""
    text = f"{seed}:{person_id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def tie_keys(ids: Iterable[str], seed: int) -> Keys:
    """Hash all ids of one side."""
    return np.array([tie_key(person_id, seed) for person_id in ids], dtype=np.uint64)


def tie_range(highest: int, size: int) -> int:
    """How many values a tie hash may take so that worth and hash fit a double together.

    A power of two, so that rounds which differ by a few people hash all pairs alike: else
    every tie would be broken another way as soon as one pair is pinned. 0 where they would be
    too few to tell results apart: then only the order can.

    Parameters
    ----------
    highest : worth of a perfect pair
    size : most pairs that can be made
    """
    values = (EXACT // highest - 1) // max(size, 1)
    return 1 << (values.bit_length() - 1) if values >= FEWEST else 0


def mix(mentors: Keys, mentees: Keys, values: int) -> Wide:
    """Hash every pair to a whole number from 0 to `values` - 1; to 0 where there is none.

    Notes
    -----
    The finaliser of SplitMix64 [1]_ over the sum of one key and the rotated other; of its
    bits the highest, so that half as many values put pairs in the same order.

    References
    ----------
    .. [1] G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
       generators", OOPSLA 2014.
    """
    return mix_pairs(mentors[:, None], mentees[None, :], values)


def mix_pairs(mentors: Keys, mentees: Keys, values: int) -> Wide:
    """Hash pairs as :func:`mix` does, from keys of any shapes that broadcast."""
    turned = (mentees << np.uint64(32)) | (mentees >> np.uint64(32))
    mixed = np.asarray(mentors + turned)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    bits = max(values, 1).bit_length() - 1
    if not bits:
        return np.zeros_like(mixed, dtype=np.int64)
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)

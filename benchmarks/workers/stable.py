"""The package matching: stable marriage by the same scores, which is another aim than ours."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matching.games import StableMarriage
from protocol import take_part

_DEEP = 1_000_000
"""The package copies its players recursively; Python's own limit ends it at 100 people."""


def marry(folder: Path) -> Callable[[], Any]:
    """Gale and Shapley's algorithm; everybody ranks everybody by score, the shut-out last."""
    costs = np.load(folder / "costs.npy")
    sys.setrecursionlimit(_DEEP)

    def work() -> list[list[int]]:
        size = len(costs)
        by_row = np.argsort(costs, axis=1, kind="stable") + size
        by_column = np.argsort(costs, axis=0, kind="stable").T
        game = StableMarriage.create_from_dictionaries(
            {row: by_row[row].tolist() for row in range(size)},
            {column + size: by_column[column].tolist() for column in range(size)},
        )
        made = game.solve()
        return [[int(suitor.name), int(reviewer.name) - size] for suitor, reviewer in made.items()]

    return work


if __name__ == "__main__":
    take_part({"marry": marry})

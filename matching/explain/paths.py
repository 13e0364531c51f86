"""Cheapest ways through a table of steps from node to node."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from matching.arrays import Costs, Points

CAP: Final = 16_000
"""Lengths below are exact in 16 bits; twice as much still fits."""
FEW: Final = 100
"""From so many nodes it is quicker to search one by one than from all at once."""


def near_paths(steps: Costs) -> Points:
    """Find the length of the shortest path between any two nodes, as far as it is short.

    Parameters
    ----------
    steps : int array, shape (n, n), not negative

    Returns
    -------
    int16 array, shape (n, n)
        Exact below `CAP`; `CAP` where no path is shorter.

    Notes
    -----
    Floyd and Warshall's algorithm [1]_, O(n^3), in sums that saturate: a path shorter than
    the cap has no part that is not.

    References
    ----------
    .. [1] R. W. Floyd, "Algorithm 97: Shortest path", Comm. ACM 5(6), 1962.
    """
    lengths: Points = np.minimum(steps, CAP).astype(np.int16)
    return _relax(lengths)


def all_paths(steps: Costs) -> Costs:
    """Find the exact length of the shortest path between any two nodes, in O(n^3)."""
    return _relax(steps.copy())


def paths_from(steps: Costs, nodes: Sequence[int]) -> Costs:
    """Find the exact lengths of shortest paths from some nodes, shape (len(nodes), n).

    Notes
    -----
    Bellman and Ford's algorithm in rounds, O(n^2) for a round; O(n^3) in all for many nodes.
    """
    if len(nodes) > FEW:
        return all_paths(steps)[list(nodes)]
    found = [_search(steps, node) for node in nodes]
    return np.array(found, dtype=steps.dtype).reshape(len(nodes), len(steps))


def shortest(steps: Costs, left: Costs, *, start: int, end: int) -> list[int]:
    """Walk the fewest steps that lie on cheapest paths to the end; `left` is their cost."""
    left = np.ascontiguousarray(left, dtype=steps.dtype)
    came_from = {start: start}
    front = [start]
    while end not in came_from:
        reached: list[int] = []
        for node in front:
            if steps[node, end] == left[node]:
                came_from.setdefault(end, node)
                break
            on_path = (steps[node] + left == left[node]).nonzero()[0].tolist()
            fresh = [following for following in on_path if following not in came_from]
            came_from.update(dict.fromkeys(fresh, node))
            reached.extend(fresh)
        front = reached
    chain = [end]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return chain[::-1]


def _relax(lengths: Costs) -> Costs:
    through = np.empty_like(lengths)
    for node in range(len(lengths)):
        np.add(lengths[:, node, None], lengths[node], out=through)
        np.minimum(lengths, through, out=lengths)
    return lengths


def _search(steps: Costs, source: int) -> Costs:
    lengths: Costs = steps[source].copy()
    lengths[source] = 0
    changed = np.arange(len(lengths))
    while len(changed):
        through: Costs = (steps[changed] + lengths[changed, None]).min(axis=0)
        changed = (through < lengths).nonzero()[0]
        lengths[changed] = through[changed]
    return lengths

"""Assign over a list of candidate pairs, each mentor with any number of places."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.arrays import Index, Wide


@dataclass(frozen=True, eq=False)
class Edges:
    """Candidate pairs, in order of mentor, then mentee, none twice.

    Attributes
    ----------
    rows, columns : int arrays, shape (n_edges,)
    scores : int64 array, shape (n_edges,)
    """

    rows: Index
    columns: Index
    scores: Wide

    def keys(self, n_mentees: int) -> Wide:
        """Return one number for each pair, ascending."""
        return self.rows * n_mentees + self.columns

    def take(self, which: Index) -> "Edges":
        """Return some of them; `which` ascends."""
        return Edges(self.rows[which], self.columns[which], self.scores[which])


def gather(parts: list[Edges], n_mentees: int) -> Edges:
    """Bring edges together in order, each once."""
    rows = np.concatenate([part.rows for part in parts])
    columns = np.concatenate([part.columns for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    _, first = np.unique(rows * n_mentees + columns, return_index=True)
    return Edges(rows[first], columns[first], scores[first])


def choose(edges: Edges, worth: Wide, places: Index, *, shift: Wide | None = None) -> Index:
    """Choose edges of the highest total worth within everybody's places.

    Parameters
    ----------
    worth : int64 array, shape (n_edges,)
        At least 1 each; exact in doubles.
    places : int array, shape (n_mentors,)
    shift : int64 array, shape of `worth`, optional
        Taken off the worth of each edge while solving, the same for all edges of a mentee (or
        all places of a mentor). The choice is right only if all these are matched in it.

    Returns
    -------
    int array
        Positions of the chosen edges, ascending.

    Notes
    -----
    A mentor's places are equal rows of a sparse matrix; one with a place for every edge has
    one row for each edge instead. Everybody on the smaller side may take a private column
    that is worth nothing. Solved by shortest augmenting paths over sparse rows [1]_.

    References
    ----------
    .. [1] R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and
       sparse linear assignment problems", Computing 38, 1987.
    """
    if not len(worth):
        return np.zeros(0, dtype=np.intp)
    edge, slot = _slots(edges, places)
    _, mentee = np.unique(edges.columns, return_inverse=True)
    ends = slot, mentee[edge]
    sizes = int(slot.max()) + 1, int(mentee.max()) + 1
    few, many = (0, 1) if sizes[0] <= sizes[1] else (1, 0)
    costs = worth.max() + 1 - (worth if shift is None else worth - shift)
    taken = _solve(ends[few], ends[many], costs[edge], none=int(worth.max()) + 1)
    return np.sort(edge[taken])


def _slots(edges: Edges, places: Index) -> tuple[Index, Index]:
    degree = np.bincount(edges.rows, minlength=len(places))
    ample = places >= degree
    copies = np.where(ample, 1, places)[edges.rows]
    first_slot = np.cumsum(np.minimum(places, degree)) - np.minimum(places, degree)
    first_edge = np.cumsum(degree) - degree
    edge = np.repeat(np.arange(len(copies)), copies)
    copy = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    rank = edge - first_edge[edges.rows[edge]]
    slot = first_slot[edges.rows[edge]] + np.where(ample[edges.rows[edge]], rank, copy)
    return edge, slot


def _solve(few: Index, many: Index, costs: Wide, *, none: int) -> Index:
    n_few, n_many = int(few.max()) + 1, int(many.max()) + 1
    width, private = n_many + n_few, np.arange(n_few)
    keys = np.concatenate([few * width + many, private * width + n_many + private])
    order = np.argsort(keys)
    keys = keys[order]
    data = np.concatenate([costs, np.full(n_few, none)])[order].astype(np.float64)
    ends = np.searchsorted(keys, np.arange(n_few + 1) * width).astype(np.int32)
    matrix = csr_array((data, (keys % width).astype(np.int32), ends), shape=(n_few, width))
    rows, columns = min_weight_full_bipartite_matching(matrix)
    found = order[np.searchsorted(keys, rows.astype(np.int64) * width + columns)]
    chosen: Index = found[found < len(costs)]
    return chosen

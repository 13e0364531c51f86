"""Assign over a list of candidate pairs, each mentor with any number of places."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.arrays import Index, Wide
from matching.assign.aims import Worth
from matching.assign.parts import part


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

    def worth(self, worth: Worth) -> Wide:
        """Return what each is worth."""
        return self.scores * worth.scale + worth.bonus

    def take(self, which: Index) -> "Edges":
        """Return some of them; `which` ascends."""
        return Edges(self.rows[which], self.columns[which], self.scores[which])


_NOBODY: Final = np.zeros(0, dtype=np.intp)
NO_EDGES: Final = Edges(_NOBODY, _NOBODY, np.zeros(0, dtype=np.int64))


def gather(parts: list[Edges], n_mentees: int) -> Edges:
    """Bring edges together in order, each once."""
    rows = np.concatenate([part.rows for part in parts])
    columns = np.concatenate([part.columns for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    _, first = np.unique(rows * n_mentees + columns, return_index=True)
    return Edges(rows[first], columns[first], scores[first])


def choose(edges: Edges, worth: Wide, places: Index, *, most: bool) -> Index:
    """Choose edges of the highest total worth within everybody's places.

    Parameters
    ----------
    worth : int64 array, shape (n_edges,)
        At least 1 each; exact in doubles.
    places : int array, shape (n_mentors,)
    most : whether to choose as many edges as there can be, whatever they are worth

    Returns
    -------
    int array
        Positions of the chosen edges, ascending.

    Notes
    -----
    A mentor's places are equal rows of a sparse matrix; one with a place for every edge has
    one row for each edge instead. Solved by shortest augmenting paths over sparse rows [1]_.
    Where most edges are asked for, who is scarce is told first (see
    :func:`matching.assign.parts.part`), so that no path need be as long as a pair is dear;
    otherwise everybody on the smaller side may take a private column that is worth nothing.

    References
    ----------
    .. [1] R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and
       sparse linear assignment problems", Computing 38, 1987.
    """
    if not len(worth):
        return np.zeros(0, dtype=np.intp)
    edge, slot = _slots(edges, places)
    _, mentee = np.unique(edges.columns, return_inverse=True)
    mentee = mentee[edge]
    costs = worth.max() + 1 - worth[edge]
    if most:
        return np.sort(edge[_choose_most(slot, mentee, costs)])
    few, many = (slot, mentee) if slot.max() <= mentee.max() else (mentee, slot)
    return np.sort(edge[_choose_any(few, many, costs, none=int(worth.max()) + 1)])


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


def _choose_most(slots: Index, mentees: Index, costs: Wide) -> Index:
    kept, is_slot_scarce = part(slots, mentees)
    ours, theirs = slots[kept], mentees[kept]
    scarce = _numbered(np.where(is_slot_scarce, ours, ours.max() + 1 + theirs))
    ample = _numbered(np.where(is_slot_scarce, theirs, theirs.max() + 1 + ours))
    return kept[_solve(scarce, ample, costs[kept])]


def _choose_any(few: Index, many: Index, costs: Wide, *, none: int) -> Index:
    private = np.arange(int(few.max()) + 1)
    chosen = _solve(
        np.concatenate([few, private]),
        np.concatenate([many, int(many.max()) + 1 + private]),
        np.concatenate([costs, np.full(len(private), none)]),
    )
    return chosen[chosen < len(costs)]


def _solve(few: Index, many: Index, costs: Wide) -> Index:
    """Match all of the smaller side at the lowest cost; return positions of edges.

    A row with two columns of its own keeps the matrix from being square, which takes SciPy's
    solver several times longer where costs tie.
    """
    n_few, width = int(few.max()) + 2, int(many.max()) + 3
    keys = np.concatenate([few * width + many, n_few * width - np.array([2, 1])])
    order = np.argsort(keys)
    keys = keys[order]
    ends = np.searchsorted(keys, np.arange(n_few + 1) * width).astype(np.int32)
    columns = (keys % width).astype(np.int32)
    data = np.concatenate([costs, [1, 1]])[order].astype(np.float64)
    rows, matched = min_weight_full_bipartite_matching(
        csr_array((data, columns, ends), shape=(n_few, width))
    )
    found = order[np.searchsorted(keys, rows.astype(np.int64) * width + matched)]
    chosen: Index = found[found < len(costs)]
    return chosen


def _numbered(labels: Index) -> Index:
    numbers: Index = np.unique(labels, return_inverse=True)[1]
    return numbers

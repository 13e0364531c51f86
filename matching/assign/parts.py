"""Part candidate pairs so that within each part everybody of one side is paired."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_bipartite_matching

from matching.arrays import Index, Mask


def part(slots: Index, mentees: Index) -> tuple[Index, Mask]:
    """Find the pairs that can be in a choice of the most pairs, and who is scarce in them.

    Parameters
    ----------
    slots, mentees : int arrays, shape (n_edges,)
        Who can be paired, both numbered from 0 without gaps.

    Returns
    -------
    positions of these pairs, ascending, and whether it is the slots that are scarce
        A choice has the most pairs if and only if it pairs everybody who is scarce: the
        slots of pairs marked so, the mentees of all others.

    Notes
    -----
    The coarse decomposition of Dulmage and Mendelsohn [1]_: whoever alternating paths reach
    from a mentee left out by one largest matching (Hopcroft and Karp), whoever they reach
    from a slot left out, and the rest. Pairs across parts are in no largest matching.
    O(edges * sqrt(people)), in practice a fraction of the solving.

    References
    ----------
    .. [1] A. L. Dulmage, N. S. Mendelsohn, "Coverings of bipartite graphs", Canadian Journal
       of Mathematics 10, 1958.
    """
    sizes = int(slots.max()) + 1, int(mentees.max()) + 1
    graph = _graph(mentees, slots, sizes[::-1])
    slot_of = maximum_bipartite_matching(graph, "column").astype(np.intp)
    paired = np.flatnonzero(slot_of >= 0)
    mentee_of = np.full(sizes[0], -1)
    mentee_of[slot_of[paired]] = paired
    short_of_slots = _reached(
        mentees, mentee_of[slots], starts=np.flatnonzero(slot_of < 0), size=sizes[1]
    )
    short_of_mentees = _reached(
        slots, slot_of[mentees], starts=np.flatnonzero(mentee_of < 0), size=sizes[0]
    )
    scarce_slots = np.zeros(sizes[0], dtype=np.bool_)
    scarce_slots[slot_of[paired[short_of_slots[paired]]]] = True
    crowded = short_of_slots[mentees]
    others = ~crowded & ~scarce_slots[slots]
    scarce_mentees = np.zeros(sizes[1], dtype=np.bool_)
    found = mentee_of[short_of_mentees]
    scarce_mentees[found[found >= 0]] = True
    kept = np.flatnonzero(crowded | (others & (short_of_mentees[slots] == scarce_mentees[mentees])))
    return kept, crowded[kept]


def _reached(ends: Index, onward: Index, *, starts: Index, size: int) -> Mask:
    """Tell who is reached from some of one side, along pairs and back along the matching."""
    along = np.flatnonzero(onward >= 0)
    hub = np.full(len(starts), size)
    graph = _graph(
        np.concatenate([ends[along], hub]),
        np.concatenate([onward[along], starts]),
        (size + 1, size + 1),
    )
    reached = np.zeros(size + 1, dtype=np.bool_)
    reached[breadth_first_order(graph, size, return_predecessors=False)] = True
    return reached[:size]


def _graph(rows: Index, columns: Index, shape: tuple[int, int]) -> csr_array:
    return csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)

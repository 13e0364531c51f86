"""Who is scarce among people who can be paired."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.assign.parts import part

graphs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, unique=True)


def numbered(labels):
    return np.unique(labels, return_inverse=True)[1]


def largest(pairs):
    """Every choice of the most pairs, found by trying all."""
    choices: list[frozenset[tuple[int, int]]] = [frozenset()]
    for slot, mentee in pairs:
        choices += [
            made | {(slot, mentee)}
            for made in choices
            if all(slot != s and mentee != m for s, m in made)
        ]
    most = max(map(len, choices))
    return {made for made in choices if len(made) == most}


@given(graphs)
def test_choices_of_the_most_pairs_are_those_that_pair_everybody_scarce(pairs):
    slots, mentees = map(numbered, np.array(pairs).T)
    kept, is_slot_scarce = part(slots, mentees)
    pairs = list(zip(slots.tolist(), mentees.tolist(), strict=True))
    scarce = {
        ("slot", pairs[at][0]) if by_slot else ("mentee", pairs[at][1])
        for at, by_slot in zip(kept.tolist(), is_slot_scarce.tolist(), strict=True)
    }
    best = largest(pairs)
    assert set().union(*best) <= {pairs[at] for at in kept}
    size = len(next(iter(best)))
    assert len(scarce) == size
    for made in best:
        paired = {("slot", s) for s, _ in made} | {("mentee", m) for _, m in made}
        assert scarce <= paired

"""Why somebody has no proposal, and what would change that."""

from collections.abc import Iterable, Sequence

import numpy as np

from matching.explain.changes import find_changes
from matching.explain.outcome import Outcome
from matching.people import Mentee, Mentor
from matching.result import Unmatched


def list_unmatched(
    outcome: Outcome, people: Sequence[Mentor] | Sequence[Mentee], *, side: int, explain: bool
) -> tuple[Unmatched, ...]:
    """Give everybody of one side without a proposal, by id, each with reasons.

    Parameters
    ----------
    people : that side of the cohort
    side : 0 for mentors, 1 for mentees: the axis of the arrays
    explain : whether to find what would place them
    """
    left = np.setdiff1d(np.arange(len(people)), outcome.assignment.pairs[:, side])
    masks = outcome.shut_out | {"taken": outcome.allowed}
    counts = [
        np.count_nonzero(np.take(mask, left, axis=side), axis=1 - side).tolist()
        for mask in masks.values()
    ]
    changes = find_changes(outcome, left, side=side) if explain else {}
    found = [
        Unmatched(
            id=people[position].id, reasons=_reasons(masks, each), changes=changes.get(position, ())
        )
        for position, each in zip(left.tolist(), zip(*counts, strict=True), strict=True)
    ]
    return tuple(sorted(found, key=lambda person: person.id))


def _reasons(names: Iterable[str], counts: Iterable[int]) -> dict[str, int]:
    counted = {name: count for name, count in zip(names, counts, strict=True) if count}
    return counted or {"nobody": 0}

"""The smallest single changes that would give somebody left out a tandem."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import ceil, isnan
from typing import Final

import numpy as np

from matching.arrays import Costs, Index, Mask, Wide
from matching.criteria import availability, reach
from matching.criteria.language import RANK, share_languages
from matching.explain.outcome import Outcome
from matching.people import can
from matching.result import Change, Cost

CAPACITY: Final = "capacity"

Measure = Callable[[Outcome, Index, Index], Sequence[int]]
"""By how much a rule would have to give way for each pair; 0 where no step is enough."""


def find_changes(outcome: Outcome, *, side: int) -> Mapping[int, tuple[Change, ...]]:
    """Find, for everybody of one side without a proposal, what would place them.

    Parameters
    ----------
    side : 0 for mentors, 1 for mentees: the axis of the arrays

    Returns
    -------
    dict of position to tuple of Change
        At most one change a rule; whoever none would place has none. None at all under
        ``fair``, where what others lose is no sum.

    Notes
    -----
    A change lifts one rule for one pair that nothing else is in the way of, or adds one
    place to the mentor of a pair. The pair is then made, and what the others lose by it is
    the price of the place, or of the mentee, that they no longer have: it follows from the
    dual prices and shortest paths of :class:`matching.explain.exchange.Exchange`, so nothing
    is solved again. O(n_mentors * n_mentees) for each rule.
    """
    if outcome.cohort.policy.aim == "fair":
        return defaultdict(tuple)
    others = np.setdiff1d(np.arange(outcome.scores.shape[side]), outcome.assignment.pairs[:, side])
    found: dict[int, list[Change]] = {position: [] for position in others.tolist()}
    for rule, candidates in _candidates(outcome).items():
        cells = np.argwhere(np.take(candidates, others, axis=side))
        cells[:, side] = others[cells[:, side]]
        for change, position in _best_of_each(outcome, rule, cells, side=side):
            found[position].append(change)
    return {position: tuple(sorted(changes, key=_order)) for position, changes in found.items()}


def _order(change: Change) -> tuple[int, int, int, str]:
    return change.cost.tandems, change.cost.score, change.step, change.rule


def _candidates(outcome: Outcome) -> dict[str, Mask]:
    """Which pairs each single change would make possible."""
    in_the_way = np.zeros(outcome.scores.shape, dtype=np.int8)
    for mask in outcome.shut_out.values():
        in_the_way += mask
    candidates = {rule: mask & (in_the_way == 1) for rule, mask in outcome.shut_out.items()}
    if CAPACITY in candidates:
        full = np.bincount(outcome.assignment.pairs[:, 0], minlength=len(outcome.places))
        is_full = (full >= outcome.places) & (outcome.places > 0)
        candidates[CAPACITY] |= is_full[:, None] & (in_the_way == 0)
    return candidates


def _best_of_each(
    outcome: Outcome, rule: str, cells: Index, *, side: int
) -> list[tuple[Change, int]]:
    rows, columns = cells.T
    lost = _lost(outcome, rows, columns, rule=rule)
    kept = lost < outcome.exchange.shut
    rows, columns, lost = rows[kept], columns[kept], lost[kept]
    steps = np.array(_MEASURES.get(rule, _one)(outcome, rows, columns), dtype=np.int64)
    tandems, points = _split(outcome, lost)
    person = (rows, columns)[side]
    other = (columns, rows)[side]
    moves = ~(outcome.exchange.free_mentees, outcome.exchange.free_mentors)[side][other]
    scores = outcome.scores[rows, columns]
    order = np.lexsort((-scores, moves, steps, points, tandems, person))
    order = order[steps[order] > 0]
    _, first = np.unique(person[order], return_index=True)
    mentors, mentees = outcome.cohort.mentors, outcome.cohort.mentees
    return [
        (
            Change(
                rule=rule,
                step=int(steps[at]),
                mentor=mentors[rows[at]].id,
                mentee=mentees[columns[at]].id,
                score=int(scores[at]),
                cost=Cost(tandems=int(tandems[at]), score=int(points[at])),
            ),
            int(person[at]),
        )
        for at in order[first].tolist()
    ]


def _lost(outcome: Outcome, rows: Index, columns: Index, *, rule: str) -> Costs:
    exchange = outcome.exchange
    mentees = exchange.loss_of_mentee[columns]
    lost: Costs = np.where(outcome.is_pinned_mentee[columns], exchange.shut, mentees)
    return lost if rule == CAPACITY else np.maximum(lost, exchange.loss_of_place[rows])


def _split(outcome: Outcome, lost: Costs) -> tuple[Wide, Wide]:
    worth = outcome.exchange.worth
    values, back = np.unique(lost, return_inverse=True)
    told = np.array([worth.split(int(value) // 2) for value in values], dtype=np.int64)
    tandems, points = told.reshape(-1, 2)[back].T
    return tandems, points


def _one(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:  # noqa: ARG001 - one signature for all rules
    return [1] * len(rows)


def _levels_of_language(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:
    shared = share_languages(outcome.cohort)
    best = shared.best[shared.kind[rows], shared.mentee_kind[columns]].astype(np.int64)
    steps: list[int] = np.where(
        best > 0, RANK[outcome.cohort.policy.language_floor] - best, 0
    ).tolist()
    return steps


def _km(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:
    beyond = reach.build(outcome.cohort).beyond(rows, columns).tolist()
    mentors, mentees = outcome.cohort.mentors, outcome.cohort.mentees
    return [
        max(ceil(km), 1)
        if not isnan(km) and can(mentors[row], "in_person") and can(mentees[column], "in_person")
        else 0
        for row, column, km in zip(rows.tolist(), columns.tolist(), beyond, strict=True)
    ]


def _levels(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:
    allowed = outcome.cohort.policy.number("level_floor")
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    found = (
        (outcome.cohort.mentors[row].level, outcome.cohort.mentees[column].level)
        for row, column in pairs
    )
    return [
        theirs - allowed - ours if ours is not None and theirs is not None else 0
        for ours, theirs in found
    ]


def _slots(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:
    shared = availability.build(outcome.cohort).shared(rows, columns).astype(np.int64)
    least = outcome.cohort.policy.number("availability_floor")
    steps: list[int] = np.where(shared > 0, least - shared, 0).tolist()
    return steps


def _points(outcome: Outcome, rows: Index, columns: Index) -> Sequence[int]:
    steps: list[int] = (outcome.cohort.policy.floor - outcome.scores[rows, columns]).tolist()
    return steps


_MEASURES: Final[Mapping[str, Measure]] = {
    "language_floor": _levels_of_language,
    "reach": _km,
    "level_floor": _levels,
    "availability_floor": _slots,
    "floor": _points,
}

"""The smallest single changes that would give somebody left out a tandem."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, isnan
from typing import Final

import numpy as np

from matching.arrays import Index, Mask, Wide
from matching.criteria import availability, reach
from matching.criteria.language import RANK, share_languages
from matching.errors import InvalidInput
from matching.explain.losses import FAR
from matching.explain.outcome import Outcome
from matching.people import can
from matching.result import Change, Cost, Result

CAPACITY: Final = "capacity"

Measure = Callable[[Outcome, Index, Index], Sequence[int]]
"""By how much a rule would have to give way for each pair; 0 where no step is enough."""


def changes(
    result: Result, *, mentee: str | None = None, mentor: str | None = None
) -> tuple[Change, ...]:
    """Find the single changes that would place somebody; see :class:`matching.Unmatched`.

    What an entry of those left out says, for rounds whose entries do not.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    mentee, mentor : id of the one person who is asked for, who takes part

    Returns
    -------
    tuple of Change
        None for somebody who has a proposal.

    Raises
    ------
    InvalidInput
        If not exactly one person is asked for, that person takes no part, or the round has
        more than some 30 million pairs.

    Examples
    --------
    >>> from matching import Mentee, Mentor, Policy, match
    >>> team = [Mentor(id="M1", languages={"de": "C2"}, place=(0, 0))]
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, place=(0, 30_000))]
    >>> [change] = changes(match(team, asked, Policy()), mentee="E1")
    >>> change.rule, change.step, change.mentor
    ('reach', 5, 'M1')
    """
    asked = [(side, name) for side, name in enumerate((mentor, mentee)) if name is not None]
    if len(asked) != 1:
        raise InvalidInput("changes: ask for one mentee or one mentor")
    [(side, name)] = asked
    cohort = result.outcome.cohort
    position = (cohort.mentor_row, cohort.mentee_column)[side].get(name)
    if position is None:
        raise InvalidInput(f"{('mentor', 'mentee')[side]}: {name!r} takes no part")
    if position in result.outcome.assignment.pairs[:, side]:
        return ()
    return find_changes(result.outcome, np.array([position]), side=side)[position]


def find_changes(outcome: Outcome, people: Index, *, side: int) -> Mapping[int, tuple[Change, ...]]:
    """Find, for some of one side without a proposal, what would place them.

    Parameters
    ----------
    people : their positions
    side : 0 for mentors, 1 for mentees: the axis of the arrays

    Returns
    -------
    dict of position to tuple of Change
        At most one change a rule; whoever none would place has none.

    Notes
    -----
    A change lifts one rule for one pair that nothing else is in the way of, or adds one
    place to the mentor of a pair. The pair is then made, and what the others lose by it is
    the price of the place, or of the mentee, that they no longer have: it follows from the
    dual prices and shortest paths of the exchanges (see :class:`matching.explain.losses.Losses`),
    so nothing is solved again. O(n_mentors * n_mentees) for each rule.
    """
    found: dict[int, list[Change]] = {position: [] for position in people.tolist()}
    for rule, candidates in _candidates(outcome).items():
        cells = np.argwhere(np.take(candidates, people, axis=side))
        cells[:, side] = people[cells[:, side]]
        for change, position in _best_of_each(outcome, rule, cells, side=side):
            found[position].append(change)
    return {position: tuple(sorted(told, key=_order)) for position, told in found.items()}


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
    kept = lost[:, 0] < FAR
    rows, columns = rows[kept], columns[kept]
    tandems, points = lost[kept].T
    steps = np.array(_MEASURES.get(rule, _one)(outcome, rows, columns), dtype=np.int64)
    person = (rows, columns)[side]
    other = (columns, rows)[side]
    moves = _is_busy(outcome, other, side=1 - side)
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


def _lost(outcome: Outcome, rows: Index, columns: Index, *, rule: str) -> Wide:
    """Tandems and points that all others lose by each pair; of the two, one is left out."""
    losses = outcome.losses
    lost = losses.of_mentees[columns]
    lost[outcome.is_pinned_mentee[columns]] = FAR
    return lost if rule == CAPACITY else lost + losses.of_places[rows]


def _is_busy(outcome: Outcome, people: Index, *, side: int) -> Mask:
    """Tell who has no place left, or a mentor."""
    taken = np.bincount(outcome.assignment.pairs[:, side], minlength=outcome.scores.shape[side])
    places = (outcome.places, np.ones(outcome.scores.shape[1], dtype=np.intp))[side]
    busy: Mask = (taken >= places)[people]
    return busy


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

"""Alternatives under the aim ``fair``: found by solving anew, since no single sum tells cost."""

import numpy as np

from matching.arrays import Points
from matching.assign import Assignment, assign
from matching.errors import InvalidInput
from matching.explain.outcome import Outcome
from matching.explain.shifts import tell_moves
from matching.result import Alternative, Cost


def solve_alternatives(outcome: Outcome, column: int, k: int) -> tuple[Alternative, ...]:
    """Find the fairest results in which one mentee has another mentor.

    Notes
    -----
    The fairest first; of equally fair ones the one whose pair scores most. One solution for
    every mentor whom the mentee may have, each as long as the first.
    """
    if outcome.is_pinned_mentee[column]:
        return ()
    found: list[tuple[tuple[int, list[int]], int, int, Assignment]] = []
    for row in np.flatnonzero(outcome.allowed[:, column]).tolist():
        if [row, column] not in outcome.assignment.pairs.tolist():
            forced = _force(outcome, row, column)
            if forced is not None:
                score = int(outcome.scores[row, column])
                found.append((_fairness(forced, outcome.scores), score, -row, forced))
    found.sort(key=lambda each: each[:3], reverse=True)
    return tuple(_tell(outcome, -row, column, forced=forced) for _, _, row, forced in found[:k])


def _force(outcome: Outcome, row: int, column: int) -> Assignment | None:
    pinned = [*map(tuple, outcome.pinned.tolist()), (row, column)]
    try:
        return assign(
            outcome.scores,
            allowed=outcome.allowed,
            capacity=outcome.places,
            pinned=pinned,
            aim="fair",
            path="dense",
        )
    except InvalidInput:
        return None


def _fairness(assignment: Assignment, scores: Points) -> tuple[int, list[int]]:
    made = scores[assignment.pairs[:, 0], assignment.pairs[:, 1]]
    return assignment.tandems, sorted(made.tolist())


def _tell(outcome: Outcome, row: int, column: int, *, forced: Assignment) -> Alternative:
    before, after = ({mentee: mentor for mentor, mentee in assignment.pairs.tolist()}
                     for assignment in (outcome.assignment, forced))  # fmt: skip
    others = sorted((before.keys() | after.keys()) - {column})
    shifts = [(who, before.get(who), after.get(who)) for who in (column, *others)]
    [parts] = outcome.scoring.parts(np.array([row]), np.array([column]))
    return Alternative(
        mentor=outcome.cohort.mentors[row].id,
        score=sum(parts.values()),
        parts=parts,
        cost=Cost(
            tandems=outcome.assignment.tandems - forced.tandems,
            score=outcome.assignment.score - forced.score,
        ),
        moves=tell_moves(outcome, [shift for shift in shifts if shift[1] != shift[2]]),
    )

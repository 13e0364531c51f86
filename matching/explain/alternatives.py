"""Other mentors for a mentee, what they would cost, and who would move."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from matching.arrays import Costs
from matching.errors import InvalidInput
from matching.explain.exchange import NOBODY, Exchange
from matching.explain.outcome import Outcome
from matching.explain.shifts import Shift, tell_moves
from matching.explain.solved import solve_alternatives
from matching.result import Alternative, Cost, Move, Result


def alternatives(result: Result, mentee: str, k: int = 3) -> tuple[Alternative, ...]:
    """Find the cheapest other mentors for one mentee, matched or not.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    mentee : id of a mentee who takes part
    k : how many at most

    Returns
    -------
    tuple of Alternative
        The cheapest first (under ``fair``, where each takes a new solution, the fairest); of
        equal cost, the one that scores most. A cost is the difference to
        the best result that has this pair; pins are kept, and a pinned mentee has no
        alternative.

    Raises
    ------
    InvalidInput
        If no such mentee takes part, or `k` is negative.
    """
    column = result.outcome.cohort.mentee_column.get(mentee)
    if column is None:
        raise InvalidInput(f"mentee: {mentee!r} takes no part")
    if k < 0:
        raise InvalidInput(f"k: {k} is negative")
    if result.request.policy.aim == "fair":
        return solve_alternatives(result.outcome, column, k)
    return find_alternatives(result.outcome, [column], k)[0]


def find_alternatives(
    outcome: Outcome, columns: Sequence[int], k: int
) -> list[tuple[Alternative, ...]]:
    """Find the cheapest other mentors for each of these mentees."""
    exchange = outcome.exchange
    costs = exchange.forced(columns, k)
    found = [
        (at, row, column)
        for at, column in enumerate(columns)
        for row in _cheapest(outcome, costs[at], column, k=k)
    ]
    rows, of = np.array([cell for _, *cell in found], dtype=np.intp).reshape(-1, 2).T
    by_column: dict[int, list[Alternative]] = {column: [] for column in columns}
    for (at, row, column), parts in zip(found, outcome.scoring.parts(rows, of), strict=True):
        tandems, score = exchange.worth.split(int(costs[at, row]) // 2)
        other = Alternative(
            mentor=outcome.cohort.mentors[row].id,
            score=int(outcome.scores[row, column]),
            parts=parts,
            cost=Cost(tandems=tandems, score=score),
            moves=_moves(outcome, row, column),
        )
        by_column[column].append(other)
    return [tuple(by_column[column]) for column in columns]


def find_margin(outcome: Outcome, row: int, column: int) -> int | None:
    """Points by which a pair's score may fall before only results without it are optimal."""
    if outcome.is_pinned_mentee[column]:
        return None
    exchange = outcome.exchange
    cheapest = int(exchange.forced([column], 1).min(initial=exchange.shut))
    lost = min(cheapest, int(exchange.loss_of_mentee[column])) // 2 // exchange.worth.scale
    policy = outcome.cohort.policy
    floor = policy.floor if policy.aim == "best" else 0
    room = int(outcome.scores[row, column]) - floor
    if lost < room:
        return lost
    return room if floor else None


def _cheapest(outcome: Outcome, costs: Costs, column: int, *, k: int) -> list[int]:
    order = np.lexsort((-outcome.scores[:, column], costs))[:k]
    rows: list[int] = order[costs[order] < outcome.exchange.shut].tolist()
    return rows


def _moves(outcome: Outcome, row: int, column: int) -> tuple[Move, ...]:
    chain = outcome.exchange.chain(row, column)
    first = column, _mentor_at(outcome.exchange, chain[0]), row
    return tell_moves(outcome, [first, *follow(outcome.exchange, chain)])


def follow(exchange: Exchange, chain: Sequence[int]) -> list[Shift]:
    """List which mentees go from where to where along a chain of nodes."""
    return [
        shift for node, following in pairwise(chain) for shift in _step(exchange, node, following)
    ]


def _step(exchange: Exchange, node: int, following: int) -> list[Shift]:
    cost = exchange.steps[node, following]
    if following == NOBODY:
        mentor = int(exchange.pairs[node - 1, 0])
        takes = (exchange.slack[mentor] == cost) & exchange.free_mentees
        is_left = exchange.prices.mentors[mentor] == cost
        return [] if is_left else [(int(takes.argmax()), None, mentor)]
    present, mentee = exchange.pairs[following - 1].tolist()
    if node != NOBODY:
        return [(mentee, present, int(exchange.pairs[node - 1, 0]))]
    if exchange.prices.mentees[mentee] == cost:
        return [(mentee, present, None)]
    takes = (exchange.slack[:, mentee] == cost) & exchange.free_mentors
    return [(mentee, present, int(takes.argmax()))]


def _mentor_at(exchange: Exchange, node: int) -> int | None:
    return None if node == NOBODY else int(exchange.pairs[node - 1, 0])

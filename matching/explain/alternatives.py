"""Other mentors for a mentee, what they would cost, and who would move."""

from collections.abc import Sequence

import numpy as np

from matching.arrays import Costs
from matching.errors import InvalidInput
from matching.explain.fair_choices import Choice, choose_fairly
from matching.explain.moves import tell_moves
from matching.explain.outcome import Outcome
from matching.explain.shifts import follow, mentor_at
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
        The cheapest first (under ``fair``, the fairest); of equal cost, the one that scores
        most. A cost is the difference to the best result that has this pair; pins are kept,
        and a pinned mentee has no alternative.

    Raises
    ------
    InvalidInput
        If no such mentee takes part, `k` is negative, or the round has more than some 30
        million pairs.

    Examples
    --------
    >>> from matching import Mentee, Mentor, Policy, match
    >>> team = [Mentor(id=i, languages={"de": "C2"}, modes={"online"}) for i in ("M1", "M2")]
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, modes={"online"})]
    >>> result = match(team, asked, Policy())
    >>> [other] = alternatives(result, "E1")
    >>> other.mentor != result.proposals[0].mentor, other.cost.tandems, other.cost.score
    (True, 0, 0)
    """
    number: object = k
    if not isinstance(number, int) or number < 0:
        raise InvalidInput(f"k: {k!r} is not a whole number from 0 on")
    outcome, column = result.outcome, _column(result, mentee)
    if outcome.cohort.policy.aim == "fair":
        return choose_fairly(outcome, column, k).alternatives
    return find_alternatives(outcome, [column], k)[0]


def margin(result: Result, mentee: str) -> int | None:
    """Tell by how much the score of a mentee's pair alone may fall; see :class:`Proposal`.

    What the proposal says, for rounds whose proposals do not.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    mentee : id of a mentee who takes part

    Returns
    -------
    int or None
        Points; None where the pair stays whatever its score, or is pinned, or there is none.

    Raises
    ------
    InvalidInput
        If no such mentee takes part, or the round has more than some 30 million pairs.

    Examples
    --------
    >>> from matching import Mentee, Mentor, Policy, match
    >>> team = [Mentor(id=i, languages={"de": "C2"}, modes={"online"}) for i in ("M1", "M2")]
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, modes={"online"})]
    >>> margin(match(team, asked, Policy()), "E1")
    0
    """
    return find_choices(result.outcome, [_column(result, mentee)], 1)[0].margin


def _column(result: Result, mentee: str) -> int:
    column = result.outcome.cohort.mentee_column.get(mentee)
    if column is None:
        raise InvalidInput(f"mentee: {mentee!r} takes no part")
    return column


def find_choices(outcome: Outcome, columns: Sequence[int], k: int) -> list[Choice]:
    """Find other mentors for each of these mentees, and how far their pairs may fall."""
    if outcome.cohort.policy.aim == "fair":
        return [choose_fairly(outcome, column, k) for column in columns]
    mates = {column: row for row, column in outcome.assignment.pairs.tolist()}
    return [
        Choice(others, find_margin(outcome, mates[column], column) if column in mates else None)
        for column, others in zip(columns, find_alternatives(outcome, columns, k), strict=True)
    ]


def find_alternatives(
    outcome: Outcome, columns: Sequence[int], k: int
) -> list[tuple[Alternative, ...]]:
    """Find the cheapest other mentors for each of these mentees, where the aim is a sum."""
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
    exchange = outcome.exchange
    chain = exchange.chain(row, column)
    first = column, mentor_at(exchange, chain[0]), row
    return tell_moves(outcome, [first, *follow(exchange, chain)])

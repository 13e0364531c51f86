"""Other mentors for a mentee under ``fair``, and how far the pair's score may fall."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from matching.explain.moves import tell_moves
from matching.explain.outcome import Outcome
from matching.explain.shifts import Shift, gain
from matching.result import Alternative, Cost


class Choice(NamedTuple):
    """What a mentee could have instead, and the margin of the present pair."""

    alternatives: tuple[Alternative, ...]
    margin: int | None


def choose_fairly(outcome: Outcome, column: int, k: int) -> Choice:
    """Find the fairest results in which a mentee has another mentor, and the pair's margin.

    Notes
    -----
    The pair stands while the result with it is at least as fair as the fairest without it:
    the scores of all others and its own, in order, are compared with the other's.
    """
    if outcome.is_pinned_mentee[column]:
        return Choice((), None)
    ways, without = outcome.fair_exchange.others(column, max(k, 1))
    told = (_tell(outcome, row, shifts) for row, shifts in ways[:k])
    return Choice(tuple(told), _margin(outcome, without))


def _tell(outcome: Outcome, row: int, shifts: Sequence[Shift]) -> Alternative:
    column = shifts[0][0]
    tandems, points = gain(shifts, outcome.scores)
    [parts] = outcome.scoring.parts(np.array([row]), np.array([column]))
    before, after = _made(outcome), _made(outcome, shifts)
    return Alternative(
        mentor=outcome.cohort.mentors[row].id,
        score=int(outcome.scores[row, column]),
        parts=parts,
        cost=Cost(tandems=-tandems, score=-points),
        moves=tell_moves(outcome, shifts),
        worst=min(before.values()) - min(after.values()),
    )


def _made(outcome: Outcome, shifts: Iterable[Shift] = ()) -> dict[int, int]:
    """Return the score of every mentee's pair once some have moved."""
    rows, columns = outcome.assignment.pairs.T
    scores: list[int] = outcome.scores[rows, columns].tolist()
    made = dict(zip(columns.tolist(), scores, strict=True))
    for who, _, after in shifts:
        made.pop(who, None)
        if after is not None:
            made[who] = int(outcome.scores[after, who])
    return made


def _margin(outcome: Outcome, without: Sequence[Shift]) -> int | None:
    present, after = _made(outcome), _made(outcome, without)
    score = present.pop(without[0][0], None)
    if score is None or len(after) <= len(present):
        return None
    rest, other = sorted(present.values()), sorted(after.values())
    same = next((at for at, one in enumerate(rest) if one != other[at]), len(rest))
    least = other[same] + (rest[same:] < other[same + 1 :])
    return score - least if least > 0 else None

"""What one more mentor would add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.arrays import Mask, Points
from matching.checks import find_problems
from matching.cohort import Cohort
from matching.errors import InvalidInput
from matching.explain.moves import tell_moves
from matching.explain.outcome import Outcome
from matching.explain.paths import shortest
from matching.explain.shifts import NOBODY, follow, mentor_at
from matching.explain.wanted import wanted_mentors
from matching.explain.what_if import compare, rematch
from matching.people import Mentor
from matching.result import Move, Result
from matching.rules import build_rules
from matching.scores import build_scoring


@dataclass(frozen=True, kw_only=True)
class Recruit:
    """What one more mentor would add.

    Attributes
    ----------
    mentor : the candidate
    tandems, score : how many more tandems and points the best result would have
    moves : every mentee who would have another mentor than now, or one instead of none;
        empty where nothing would be gained
    """

    mentor: Mentor
    tandems: int
    score: int
    moves: tuple[Move, ...]

    @property
    def for_whom(self) -> tuple[str, ...]:
        """Ids of the mentees who would have a mentor only then.

        Examples
        --------
        >>> moves = (Move(mentee="E1", from_mentor=None, to_mentor="N1"),)
        >>> Recruit(mentor=Mentor(id="N1"), tandems=1, score=4_000, moves=moves).for_whom
        ('E1',)
        """
        return tuple(move.mentee for move in self.moves if move.from_mentor is None)


def recruit(result: Result, candidates: Iterable[Mentor] | None = None) -> tuple[Recruit, ...]:
    """Tell what each candidate, one at a time, would add to a result.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    candidates : mentors, real or imagined, with ids that nobody else has; without them,
        imagined ones such as the unmatched mentees would need, see
        :func:`matching.explain.wanted.wanted_mentors`

    Returns
    -------
    tuple of Recruit
        One for each candidate, in the same order. What it adds is the difference to the best
        result with that mentor, exactly.

    Raises
    ------
    InvalidInput
        If a candidate is no mentor, has an entry that cannot be used, or an id that
        somebody has, or the round has more than some 30 million pairs.

    Notes
    -----
    A mentee costs the others what leaving that mentee out would cost them; the candidate's
    best pair is the one worth most beyond that. With prices and shortest paths at hand this
    takes O(n_mentees) a candidate. Candidates with several places are matched anew, each.

    Examples
    --------
    >>> from matching import Mentee, Policy, match
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, sectors=("86",), modes={"online"})]
    >>> [gain] = recruit(match([], asked, Policy()))
    >>> gain.tandems, gain.for_whom, gain.mentor.sectors
    (1, ('E1',), ('R',))
    """
    chosen = wanted_mentors(result) if candidates is None else tuple(candidates)
    _check(chosen, result)
    cohort = replace(result.outcome.cohort, mentors=chosen)
    allowed, scores = _look(result, cohort)
    return tuple(
        _price(result, mentor, allowed[row], scores=scores[row])
        if _has_one_place(mentor, result)
        else _solve(result, mentor)
        for row, mentor in enumerate(chosen)
    )


def _check(chosen: Sequence[Mentor], result: Result) -> None:
    taken = {mentor.id for mentor in result.request.mentors}
    for candidate in chosen:
        if not isinstance(candidate, Mentor):
            raise InvalidInput(f"candidates: {candidate!r} is not a Mentor")
        for problem in find_problems(candidate):
            raise InvalidInput(f"candidate {problem.id}: {problem.field}: {problem.problem}")
        if candidate.id in taken:
            raise InvalidInput(f"candidates: id {candidate.id!r} is taken")
        taken.add(candidate.id)


def _has_one_place(mentor: Mentor, result: Result) -> bool:
    policy = result.request.policy
    is_free = all(mentor.id != busy for busy, _ in result.request.running)
    return "capacity" in policy.rules and mentor.capacity == 1 and is_free and policy.aim != "fair"


def _look(result: Result, cohort: Cohort) -> tuple[Mask, Points]:
    """Find whom each candidate may have, and at what score."""
    everyone, columns = map(np.arange, cohort.shape)
    places = [mentor.capacity for mentor in cohort.mentors]
    rules = build_rules(cohort, forbidden=result.request.forbidden, places=places)
    scores = build_scoring(cohort).block(everyone)
    allowed = np.repeat(~result.outcome.is_pinned_mentee[None, :], len(everyone), axis=0)
    for rule in rules.values():
        allowed &= ~rule(everyone, columns)
    if cohort.policy.aim == "best":
        allowed &= scores >= cohort.policy.floor
    return allowed, scores


def _price(result: Result, mentor: Mentor, allowed: Mask, *, scores: Points) -> Recruit:
    outcome = result.outcome
    exchange, worth = outcome.exchange, outcome.exchange.worth
    made = 2 * (scores.astype(np.int64) * worth.scale + worth.bonus)
    gains = np.where(allowed, made - exchange.loss_of_mentee, 0)
    column = int(np.lexsort((-scores, -gains))[0]) if len(gains) else 0
    if not len(gains) or gains[column] <= 0:
        return Recruit(mentor=mentor, tandems=0, score=0, moves=())
    tandems, points = worth.split(int(gains[column]) // 2)
    return Recruit(
        mentor=mentor, tandems=tandems, score=points, moves=_moves(outcome, mentor, column)
    )


def _moves(outcome: Outcome, mentor: Mentor, column: int) -> tuple[Move, ...]:
    exchange = outcome.exchange
    start = int(exchange.node_of[column])
    chain = shortest(exchange.steps, exchange.to_nobody, start=start, end=NOBODY)
    [first] = tell_moves(outcome, [(column, mentor_at(exchange, start), None)])
    return (
        replace(first, to_mentor=mentor.id),
        *tell_moves(outcome, follow(exchange, chain)),
    )


def _solve(result: Result, mentor: Mentor) -> Recruit:
    request = result.request
    changed = replace(request, mentors=(*request.mentors, mentor))
    found = compare(result, rematch(changed, explain=False))
    tandems, points = -found.cost.tandems, -found.cost.score
    moves = found.moves if tandems or points else ()
    return Recruit(mentor=mentor, tandems=tandems, score=points, moves=moves)

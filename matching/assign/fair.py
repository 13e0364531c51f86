"""Assign fairly: as many pairs as possible, the worst-off mentee as well off as possible.

References
----------
.. [1] R. E. Burkard, F. Rendl, "Lexicographic bottleneck problems", Oper. Res. Lett. 10,
   1991.
.. [2] N. S. Mendelsohn, A. L. Dulmage, "Some generalizations of the problem of distinct
   representatives", Canad. J. Math. 10, 1958.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.arrays import Index, Mask, Wide
from matching.assign.levels import Levels, Stage, compose
from matching.assign.prices import centred_prices
from matching.assign.problem import Assignment, Problem
from matching.assign.ties import Keys, mix, tie_range

BITS: Final = 36
"""So many bits of counts are minimised in one solve."""


@dataclass(frozen=True, eq=False)
class Face:
    """What all results that are optimal so far have in common.

    Attributes
    ----------
    tight : bool array, shape (n_mentors, n_mentees)
        Pairs that some of them may have.
    mentors, mentees : bool arrays
        Who is taken, with all places, in all of them. Every choice of tight pairs that
        takes all these is optimal so far, and every tight pair has one of them.
    """

    tight: Mask
    mentors: Mask
    mentees: Mask

    @property
    def taken(self) -> Wide:
        """How many of each pair, 0 to 2, are taken in all of them."""
        return self.mentors[:, None].astype(np.int64) + self.mentees

    def narrow(self, solved: "_Priced") -> "Face":
        """Keep what is tight, and who has a price."""
        tight = solved.mentors[:, None] + solved.mentees == 2 * solved.worth
        return Face(
            self.tight & tight,
            self.mentors | (solved.mentors > 0),
            self.mentees | (solved.mentees > 0),
        )


def assign_fair(problem: Problem, tie_keys: tuple[Keys, Keys] | None) -> Assignment:
    """Choose among the assignments of most pairs the one that is best for the worst off.

    Notes
    -----
    The sorted scores of the mentees are as large as possible, compared from the lowest on
    (leximin). Fewest pairs at the lowest score, then at the next, and so on [1]_: levels
    that can be avoided altogether are found by maximum matchings [2]_ and skipped, of the
    next few all counts are minimised in one linear assignment, and the search goes on
    among the results that are optimal so far, which are those of tight pairs that take
    everybody who has a price. The prices of all stages, one after the other in one long
    whole number, prove the result. Some O(levels * n^3) at worst, far less in practice.
    """
    levels = Levels.of(problem)
    counted = _maximise(problem, problem.open.astype(np.int64))
    face = Face(problem.open, *_nobody(problem)).narrow(counted)
    stages = [Stage(counted.mentors, counted.mentees)]
    at = 0
    while at < len(levels.scores):
        end = at + _avoidable(problem, face, levels, at=at)
        if end > at:
            digits = levels.weigh(at, end)
            stages.append(Stage(*_nothing(problem), first=at, digits=digits))
            face = replace(face, tight=levels.without(face.tight, at, end))
        else:
            digits = levels.pack(at, BITS)
            stage, face = _minimise(problem, levels.cost_of(at, digits), face)
            stages.append(replace(stage, first=at, digits=digits))
        at += len(digits)
    pairs = np.concatenate([_choose(problem, face, tie_keys), problem.pinned])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return Assignment(
        pairs=pairs,
        tandems=len(pairs),
        score=int(problem.scores[pairs[:, 0], pairs[:, 1]].sum(dtype=np.int64)),
        prices=compose(stages, levels),
    )


@dataclass(frozen=True, eq=False)
class _Priced:
    """An assignment of the highest total worth: what it is worth, who has which price."""

    worth: Wide
    pairs: Index
    mentors: Wide
    mentees: Wide


def _maximise(problem: Problem, worth: Wide) -> _Priced:
    owner = np.repeat(np.arange(len(worth)), problem.places)
    slots, columns = linear_sum_assignment(worth[owner].astype(np.float64), maximize=True)
    pairs = np.column_stack([owner[slots], columns])
    pairs = pairs[worth[pairs[:, 0], pairs[:, 1]] > 0]
    return _Priced(worth, pairs, *centred_prices(worth, problem.places, pairs))


def _minimise(problem: Problem, costs: Wide, face: Face) -> tuple[Stage, Face]:
    reward = problem.size * int(costs.max()) + 1
    solved = _maximise(problem, np.where(face.tight, face.taken * reward - costs, 0))
    mentors = solved.mentors - 2 * reward * face.mentors
    mentees = solved.mentees - 2 * reward * face.mentees
    return Stage(mentors, mentees), face.narrow(solved)


def _choose(problem: Problem, face: Face, tie_keys: tuple[Keys, Keys] | None) -> Index:
    values = tie_range(3, problem.size)
    hashes = 0 if tie_keys is None else mix(*tie_keys, values)
    reward = problem.size * values + 1
    return _maximise(problem, np.where(face.tight, face.taken * reward + values - hashes, 0)).pairs


def _avoidable(problem: Problem, face: Face, levels: Levels, *, at: int) -> int:
    """Count the levels, from one on, that nobody need be at."""
    there = np.unique(levels.rank[face.tight])
    ends = [*there[there > at].tolist(), len(levels.scores)]
    low, step = 0, 1
    if at not in there:
        return int(ends[0]) - at

    def is_enough(count: int) -> bool:
        return _can_take(problem, face, levels.without(face.tight, at, ends[count - 1]))

    while low + step <= len(ends) and is_enough(low + step):
        low, step = low + step, 2 * step
    high = min(low + step, len(ends) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_enough(middle) else (low, middle)
    return int(ends[low - 1]) - at if low else 0


def _can_take(problem: Problem, face: Face, tight: Mask) -> bool:
    """Whether some choice of these pairs takes everybody who must be taken."""
    needed = tight[face.mentors]
    if not (needed.any(axis=1).all() and tight[:, face.mentees].any(axis=0).all()):
        return False
    of_mentors = np.repeat(needed, problem.places[face.mentors], axis=0)
    of_mentees = np.repeat(tight[:, face.mentees], problem.places, axis=0).T
    return all(_cover_rows(graph) for graph in (of_mentors, of_mentees))


def _cover_rows(graph: Mask) -> bool:
    if not len(graph):
        return True
    return bool((maximum_bipartite_matching(csr_array(graph), perm_type="column") >= 0).all())


def _nobody(problem: Problem) -> tuple[Mask, Mask]:
    mentors, mentees = problem.scores.shape
    return np.zeros(mentors, dtype=np.bool_), np.zeros(mentees, dtype=np.bool_)


def _nothing(problem: Problem) -> tuple[Wide, Wide]:
    mentors, mentees = problem.scores.shape
    return np.zeros(mentors, dtype=np.int64), np.zeros(mentees, dtype=np.int64)

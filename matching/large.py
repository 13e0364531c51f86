"""Large rounds: the same answers as small ones, without a matrix."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from matching.arrays import Index, Mask, Points
from matching.assign import Assignment
from matching.assign.blocks import Tile, cut, fill, lay_out, on_all_cores
from matching.assign.large import assign_large
from matching.cohort import Cohort
from matching.errors import InvalidInput
from matching.explain.outcome import Outcome
from matching.intake import Intake, Request
from matching.people import Mentee, Mentor
from matching.result import Unmatched
from matching.rules import Pair, Rule, build_rules
from matching.scores import Scoring, build_scoring
from matching.source import CohortSource

EXPLAINED_CELLS: Final = 2**25
"""Up to so many pairs (5,792 people a side) the explanations on demand may make a matrix."""


class LargeOutcome(Outcome):
    """An outcome whose matrices are made only when an explanation asks for them."""

    def __init__(
        self,
        cohort: Cohort,
        scoring: Scoring,
        *,
        intake: Intake,
        forbidden: Sequence[Pair],
        pinned: Index,
        assignment: Assignment,
    ) -> None:
        known = {
            "cohort": cohort,
            "scoring": scoring,
            "places": intake.places,
            "forbidden": tuple(forbidden),
            "pinned": pinned,
            "assignment": assignment,
        }
        vars(self).update(known)

    forbidden: tuple[Pair, ...]

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules of the round."""
        return build_rules(self.cohort, forbidden=self.forbidden, places=self.places.tolist())

    @property
    def is_explained(self) -> bool:
        """No: what needs a matrix is told only when asked for."""
        return False

    @cached_property
    def source(self) -> CohortSource:
        """The scores by blocks."""
        return CohortSource(self.cohort, self.scoring, self.rules, self.pinned)

    @cached_property
    def scores(self) -> Points:
        """All scores, whether or not a pair may be made."""
        self._check_size()
        return self.scoring.block(np.arange(self.cohort.shape[0]))

    @cached_property
    def shut_out(self) -> dict[str, Mask]:
        """Mask of every rule, and of the floor."""
        self._check_size()
        rows, columns = map(np.arange, self.cohort.shape)
        masks = {name: rule.tile(rows, columns) for name, rule in self.rules.items()}
        policy = self.cohort.policy
        if policy.aim == "best":
            passed = ~np.logical_or.reduce([np.zeros(self.cohort.shape, bool), *masks.values()])
            masks["floor"] = passed & (self.scores < policy.floor)
        return masks

    @cached_property
    def allowed(self) -> Mask:
        """Which pairs may be made."""
        self._check_size()
        _, allowed = fill(self.source)
        allowed[self.pinned[:, 0], self.pinned[:, 1]] = True
        return allowed

    def _check_size(self) -> None:
        n_mentors, n_mentees = self.cohort.shape
        if n_mentors * n_mentees > EXPLAINED_CELLS:
            raise InvalidInput(f"result: {n_mentors} x {n_mentees} people are too many to explain")

    def __getstate__(self) -> dict[str, Any]:
        made = {"rules", "source"}
        return {name: value for name, value in vars(self).items() if name not in made}


def solve_large(
    request: Request,
    intake: Intake,
    *,
    rules: dict[str, Rule],
    pinned: Index,
    tick: Callable[[], object],
) -> LargeOutcome:
    """Solve a round by blocks."""
    cohort = intake.cohort
    scoring = build_scoring(cohort)
    aim = cohort.policy.aim
    source = CohortSource(cohort, scoring, rules, pinned)
    pins = [(row, column) for row, column in pinned.tolist()]
    field = lay_out(source, capacity=intake.places, pinned=pins, aim=aim)
    return LargeOutcome(
        cohort,
        scoring,
        intake=intake,
        forbidden=request.forbidden,
        pinned=pinned,
        assignment=assign_large(field, aim=aim, tie_keys=intake.tie_keys, tick=tick),
    )


def list_unmatched_by_blocks(
    outcome: LargeOutcome, people: Sequence[Mentor] | Sequence[Mentee], *, side: int
) -> tuple[Unmatched, ...]:
    """Give everybody of one side without a proposal, by id, each with reasons.

    What :func:`matching.explain.unmatched.list_unmatched` tells, but for the changes, in
    memory that grows with the people.
    """
    left = np.setdiff1d(np.arange(len(people)), outcome.assignment.pairs[:, side])
    everyone = np.arange(outcome.cohort.shape[1 - side])
    tiles = cut(left, everyone) if side == 0 else cut(everyone, left)
    counts: list[Counter[str]] = [Counter() for _ in people]
    for tile, found in _counted(outcome, list(tiles), side=side):
        for name, each in found.items():
            for person, count in zip((tile.rows, tile.columns)[side].tolist(), each, strict=True):
                counts[person][name] += count
    reasons = {
        people[person].id: {name: count for name, count in counts[person].items() if count}
        for person in left.tolist()
    }
    return tuple(
        Unmatched(id=name, reasons=reasons[name] or {"nobody": 0}) for name in sorted(reasons)
    )


def _counted(
    outcome: LargeOutcome, tiles: list[Tile], *, side: int
) -> Iterator[tuple[Tile, dict[str, list[int]]]]:
    rules, policy = outcome.rules, outcome.cohort.policy

    def look(tile: Tile) -> dict[str, list[int]]:
        fit = np.ones((len(tile.rows), len(tile.columns)), dtype=np.bool_)
        found = {}
        for name, rule in rules.items():
            mask = rule.tile(tile.rows, tile.columns)
            found[name] = _along(mask, side)
            fit &= ~mask
        if policy.aim == "best":
            below = fit & (outcome.scoring.tile(tile.rows, tile.columns) < policy.floor)
            found["floor"] = _along(below, side)
            fit &= ~below
        return found | {"taken": _along(fit, side)}

    return zip(tiles, on_all_cores(look, tiles), strict=True)


def _along(mask: Mask, side: int) -> list[int]:
    counts: list[int] = np.count_nonzero(mask, axis=1 - side).tolist()
    return counts

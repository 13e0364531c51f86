"""What is to be solved: made-up people, and the matrix of their scores."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import matching
from matching.cohort import Cohort
from matching.digest import canonical, describe_person
from matching.intake import Request, take_in
from matching.rules import build_rules
from matching.scores import build_scoring

SEED: Final = 1
DISTRICT: Final = "district"
COUNTRY: Final = "germany"
BLOCK: Final = 500
"""Rows scored at a time."""


@dataclass(frozen=True)
class Problem:
    """A folder with ``problem.json`` and, for a district, people and matrices."""

    folder: Path
    region: str
    size: int

    def count(self, pairs: list[list[int]]) -> tuple[int, int]:
        """Return how many of the pairs are allowed, and their total score.

        Raises
        ------
        ValueError
            If somebody stands in two pairs.
        """
        chosen = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        for side in chosen.T:
            if len(np.unique(side)) < len(side):
                raise ValueError("somebody stands in two pairs")
        scores = np.load(self.folder / "scores.npy", mmap_mode="r")
        allowed = np.load(self.folder / "allowed.npy", mmap_mode="r")
        rows, columns = chosen[allowed[chosen[:, 0], chosen[:, 1]]].T
        return len(rows), int(scores[rows, columns].sum(dtype=np.int64))


def pose(folder: Path, region: str, size: int) -> Problem:
    """Write a problem with `size` mentors and as many mentees; a country has no matrix.

    Costs are minimised: 0 for a perfect pair, and for a pair that is shut out more than all
    scores together, so that any exact solver finds most tandems, then the highest total.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"region": region, "size": size, "seed": SEED})
    (folder / "problem.json").write_text(text)
    if region == DISTRICT:
        _write_matrices(folder, size)
    return Problem(folder, region, size)


def _write_matrices(folder: Path, size: int) -> None:
    mentors, mentees = matching.simulate(size, size, seed=SEED, region=DISTRICT)
    cohort, scores, allowed = score(mentors, mentees)
    np.save(folder / "scores.npy", scores)
    np.save(folder / "allowed.npy", allowed)
    np.save(folder / "costs.npy", costs_of(scores, allowed))
    people: dict[str, list[dict[str, Any]]] = {
        "mentors": [describe_person(person) for person in cohort.mentors],
        "mentees": [describe_person(person) for person in cohort.mentees],
    }
    (folder / "people.json").write_text(canonical(people))


def score(
    mentors: Iterable[matching.Mentor], mentees: Iterable[matching.Mentee]
) -> tuple[Cohort, NDArray[np.int16], NDArray[np.bool_]]:
    """Score all pairs at once, every mentor with one place, and tell which are allowed."""
    request = Request(
        mentors=tuple(mentors),
        mentees=tuple(mentees),
        policy=matching.Policy(),
        pinned=(),
        forbidden=(),
        running=(),
        seed=0,
    )
    cohort = take_in(request).cohort
    scoring = build_scoring(cohort)
    n_mentors, n_mentees = cohort.shape
    rules = build_rules(cohort, forbidden=(), places=[1] * n_mentors)
    scores = np.empty((n_mentors, n_mentees), dtype=np.int16)
    allowed = np.ones((n_mentors, n_mentees), dtype=np.bool_)
    columns = np.arange(n_mentees)
    for start in range(0, n_mentors, BLOCK):
        rows = np.arange(start, min(start + BLOCK, n_mentors))
        scores[rows] = scoring.tile(rows, columns)
        for rule in rules.values():
            allowed[rows] &= ~rule.tile(rows, columns)
    return cohort, scores, allowed


def costs_of(scores: NDArray[np.int16], allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what is to be minimised, for solvers that know numbers only."""
    costs = matching.FULL - scores.astype(np.float64)
    costs[~allowed] = matching.FULL * (2 * len(scores) + 2)
    return costs

"""Our own paths, and the bare solver that they are measured by."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from protocol import take_part
from scipy.optimize import linear_sum_assignment

import matching
from benchmarks.problems import costs_of, score

_DRAWS = 200
Work = Callable[[Path], Callable[[], Any]]


def scipy_lsa(folder: Path) -> Callable[[], Any]:
    """SciPy's solver on the ready matrix of costs: what everything is compared with."""
    costs = np.load(folder / "costs.npy")
    return lambda: np.column_stack(linear_sum_assignment(costs)).tolist()


def _assign(path: str) -> Work:
    def prepare(folder: Path) -> Callable[[], Any]:
        scores, allowed = np.load(folder / "scores.npy"), np.load(folder / "allowed.npy")

        def work() -> list[list[int]]:
            pairs: list[list[int]] = matching.assign(
                scores, allowed=allowed, path=path
            ).pairs.tolist()
            return pairs

        return work

    return prepare


def _match(path: str, *, draws: int = 0) -> Work:
    def prepare(folder: Path) -> Callable[[], Any]:
        mentors, mentees = _people(folder)
        clock = _Clock()

        def work() -> dict[str, Any]:
            result = matching.match(
                mentors, mentees, matching.Policy(), path=path, progress=clock.show
            )
            if draws:
                matching.stability(result, draws=draws)
            clock.stop()
            return {
                "tandems": result.tandems,
                "score": result.score,
                "phases": clock.seconds,
            }

        return work

    return prepare


def _score_then(load: Callable[[], Callable[[Any], Any]]) -> Work:
    def prepare(folder: Path) -> Callable[[], Any]:
        mentors, mentees = _people(folder)
        solve = load()

        def work() -> list[list[int]]:
            _, scores, allowed = score(mentors, mentees)
            return np.column_stack(solve(costs_of(scores, allowed))).tolist()

        return work

    return prepare


def _lapx() -> Callable[[Any], Any]:
    solve = import_module("lap").lapjvs
    return lambda costs: solve(costs, return_cost=False)


def _people(folder: Path) -> tuple[list[matching.Mentor], list[matching.Mentee]]:
    asked = json.loads((folder / "problem.json").read_text())
    size = asked["size"]
    mentors, mentees = matching.simulate(size, size, seed=asked["seed"], region=asked["region"])
    if asked["region"] == "district":
        mentors = [replace(mentor, capacity=1) for mentor in mentors]
    return mentors, mentees


class _Clock:
    """How long each step of a match takes, by what it reports."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step = ""
        self._since = 0.0

    def show(self, step: str, _done: int, _total: int) -> None:
        if step != self._step:
            self.stop()
            self._step, self._since = step, time.perf_counter()

    def stop(self) -> None:
        if self._step:
            spent = time.perf_counter() - self._since
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + spent
        self._step = ""


if __name__ == "__main__":
    take_part(
        {
            "scipy_lsa": scipy_lsa,
            "assign_dense": _assign("dense"),
            "assign_large": _assign("large"),
            "score_then_scipy": _score_then(lambda: linear_sum_assignment),
            "score_then_lapx": _score_then(_lapx),
            "match_dense": _match("dense"),
            "match_large": _match("large"),
            "match_stability": _match("auto", draws=_DRAWS),
        }
    )

"""Solving apart from the database: what a child process does with a snapshot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import matching
from matching import ENGINE

__all__ = ["ENGINE", "NotSolved", "Progress", "Task", "default_policy", "match_people", "solve"]

Task: TypeAlias = dict[str, Any]
"""What the engine is given: ``content`` of a snapshot, ``policy`` as TOML, ``seed``."""
Progress: TypeAlias = Callable[[str, int, int], object]


class NotSolved(Exception):
    """A snapshot cannot be solved, however often one tries; the message says why."""


def default_policy() -> str:
    """Return the engine's default policy as TOML."""
    return matching.Policy().to_toml()


def solve(task: Task, progress: Progress) -> dict[str, Any]:
    """Match the people of a snapshot and return the whole answer in plain values.

    It reads nothing but its arguments, so that it may run in another process.

    Raises
    ------
    NotSolved
        If the engine refuses its input, or its verifier the result.
    """
    try:
        result = match_people(task, progress)
    except (matching.InvalidInput, matching.Refuted) as error:
        raise NotSolved(f"{type(error).__name__}: {error}") from error
    answer = result.to_dict()
    answer["proposals"] = [_whole(proposal) for proposal in result.proposals]
    answer["certificate"] = asdict(result.certificate)
    return answer


def match_people(
    task: Task, progress: Progress | None = None, *, explain: bool = True
) -> matching.Result:
    """Match the people of a snapshot and return the engine's own result.

    Without `explain` its pairs carry neither alternatives nor margins.

    Raises
    ------
    matching.InvalidInput
        If the engine refuses its input.
    """
    content = task["content"]
    return matching.match(
        [matching.Mentor(**person) for person in content["mentors"]],
        [matching.Mentee(**person) for person in content["mentees"]],
        matching.Policy.from_toml(task["policy"]),
        pinned=_pairs(content["pinned"]),
        forbidden=_pairs(content["forbidden"]),
        running=_pairs(content["running"]),
        seed=task["seed"],
        progress=progress,
        explain=explain,
    )


def _whole(proposal: matching.Proposal) -> dict[str, Any]:
    """Return a proposal with its reasons and alternatives; nothing is copied that may be shared."""
    return vars(proposal) | {
        "facts": [dict(vars(fact)) for fact in proposal.facts],
        "alternatives": [
            vars(other)
            | {"cost": dict(vars(other.cost)), "moves": [dict(vars(move)) for move in other.moves]}
            for other in proposal.alternatives
        ],
    }


def _pairs(pairs: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(mentor, mentee) for mentor, mentee in pairs]

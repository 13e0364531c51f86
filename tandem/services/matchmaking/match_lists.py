"""Match people from two files, without settings or database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import matching
from tandem.services.matchmaking.earlier import read_earlier
from tandem.services.matchmaking.extras import Extras, tell
from tandem.services.matchmaking.lists import read_mentees, read_mentors
from tandem.services.matchmaking.options import check_pairs, read_pairs, read_policy
from tandem.services.matchmaking.problems import InputRefused, Problem

Progress = Callable[[str, int, int], None]
_NOTHING_MORE = Extras()


@dataclass(frozen=True, kw_only=True)
class MatchOutcome:
    """The result of a matching as plain values, and the criteria that counted, in order.

    ``shows_alternatives`` tells whether they were asked for, so that a table lists them.
    """

    criteria: tuple[str, ...]
    result: dict[str, Any]
    shows_alternatives: bool = False


def match_lists(
    mentors_path: Path,
    mentees_path: Path,
    *,
    policy_path: Path | None = None,
    pins: Sequence[str] = (),
    forbids: Sequence[str] = (),
    seed: int = 0,
    progress: Progress | None = None,
    extras: Extras = _NOTHING_MORE,
) -> MatchOutcome:
    """Read both lists and match their people.

    Parameters
    ----------
    pins, forbids : pairs ``mentor:mentee`` of ids
    progress : called with a step, how much of it is done, and how much there is
    extras : what else is asked for

    Raises
    ------
    InputRefused
        With all problems of files and options at once; then nothing was matched.
    """
    problems: list[Problem] = []
    mentors = read_mentors(mentors_path, problems)
    mentees = read_mentees(mentees_path, problems)
    policy = read_policy(policy_path, problems)
    policy = replace(policy, aim=extras.aim or policy.aim)
    earlier = read_earlier(extras.earlier, problems) if extras.earlier else None
    pinned = read_pairs("--pin", pins, problems)
    forbidden = read_pairs("--forbid", forbids, problems)
    if mentors and mentees:
        check_pairs(
            mentors,
            mentees,
            problems,
            pinned=pinned,
            forbidden=forbidden,
            limited="capacity" in policy.rules,
        )
    if problems:
        raise InputRefused(problems)
    try:
        result = matching.match(
            mentors,
            mentees,
            policy,
            pinned=pinned,
            forbidden=forbidden,
            seed=seed,
            progress=progress,
        )
        told = tell(result, extras, earlier)
    except matching.InvalidInput as error:
        raise InputRefused([_refused_by_engine(error)]) from error
    return MatchOutcome(
        criteria=tuple(policy.weights),
        result=told,
        shows_alternatives=extras.alternatives is not None,
    )


def _refused_by_engine(error: matching.InvalidInput) -> Problem:
    return Problem(
        source="options",
        line=0,
        column="match",
        problem=str(error),
        expected="lists and options that can hold together",
    )

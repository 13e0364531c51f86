"""Insights: what is worked out about a result once a round goes by it, in a child process.

How firmly each pair stands under other weightings, and which mentors would help most. Both
take longer than solving, so that pages do not wait for them.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import matching
from tandem.services.matchmaking.solving import NotSolved, Progress, Task, match_people

DRAWS = 100
FEWER_DRAWS = 20
MOST_PAIRS = {"most": 1_000_000, "best": 1_000_000, "fair": 25_000}
"""Up to so many pairs all weightings are tried: about ten seconds of work at most."""
MOST_PAIRS_AT_ALL = {"most": 2**22, "best": 2**22, "fair": 160_000}
"""Beyond so many pairs nothing is worked out."""
KINDS = 3
_TRIED_KINDS = 6
_KIND_DIGITS = 2
"""Kinds are told apart by sub-major groups of ISCO-08, as the engine does."""
_MOST_PLACES = 3
"""A mentor who is looked for is imagined with at most so many places."""


def work_out(task: Task, progress: Progress) -> dict[str, Any]:
    """Work out stability and whom to look for next, in plain values.

    Returns
    -------
    dict
        ``stability``: mentee to share, 0 to 1; ``draws``: of how many weightings;
        ``recruit``: the kinds of mentors; ``problem``: why there is nothing, or None.

    Raises
    ------
    NotSolved
        If the engine refuses its input, or its verifier the result.
    """
    content, policy = task["content"], matching.Policy.from_toml(task["policy"])
    pairs = len(content["mentors"]) * len(content["mentees"])
    if pairs > MOST_PAIRS_AT_ALL[policy.aim]:
        return nothing("too_large")
    progress("solve", 0, 3)
    try:
        result = match_people(task)
    except (matching.InvalidInput, matching.Refuted) as error:
        raise NotSolved(f"{type(error).__name__}: {error}") from error
    if result.digest != task["digest"]:
        return nothing("other_engine")
    progress("recruit", 1, 3)
    kinds = _recruit(result)
    progress("stability", 2, 3)
    draws = DRAWS if pairs <= MOST_PAIRS[policy.aim] else FEWER_DRAWS
    shares = matching.stability(result, draws=draws, seed=task["seed"])
    return {
        "problem": None,
        "draws": draws,
        "stability": {mentee: share for (_, mentee), share in shares.items()},
        "recruit": kinds,
    }


def nothing(problem: str) -> dict[str, Any]:
    """Return what stands for insights where there are none, and why."""
    return {"problem": problem, "draws": 0, "stability": {}, "recruit": []}


def _recruit(result: matching.Result) -> list[dict[str, Any]]:
    """Find the kinds of mentors that would help most, each with what it would add exactly.

    Kinds are told apart by occupation; of each, the one that helps most stands for all, with
    as many places as there is use for. Only the most promising few are matched anew.
    """
    plain = replace(result.request.policy, aim="most")
    base = result if plain.aim == result.request.policy.aim else _rematch(result, plain)
    best: dict[str, matching.Recruit] = {}
    for each in sorted(matching.recruit(base), key=_gain):
        if each.mentor.occupation and each.tandems > 0:
            best[each.mentor.occupation] = each
    left = {person.id for person in base.unmatched_mentees}
    asked = Counter(
        (mentee.occupation or "")[:_KIND_DIGITS]
        for mentee in base.request.mentees
        if mentee.id in left
    )
    promising = sorted(best, key=lambda kind: (asked[kind], _gain(best[kind])), reverse=True)
    chosen = [
        replace(best[kind].mentor, capacity=min(asked[kind], _MOST_PLACES))
        for kind in promising[:_TRIED_KINDS]
    ]
    found = [each for each in matching.recruit(result, chosen) if each.tandems > 0]
    return [_tell(each) for each in sorted(found, key=_gain, reverse=True)[:KINDS]]


def _rematch(result: matching.Result, policy: matching.Policy) -> matching.Result:
    request = result.request
    return matching.match(
        request.mentors,
        request.mentees,
        policy,
        pinned=request.pinned,
        forbidden=request.forbidden,
        running=request.running,
        seed=request.seed,
        explain=False,
    )


def _gain(each: matching.Recruit) -> tuple[int, int, str]:
    return each.tandems, each.score, each.mentor.id


def _tell(each: matching.Recruit) -> dict[str, Any]:
    mentor = each.mentor
    return {
        "occupation": mentor.occupation,
        "sectors": list(mentor.sectors),
        "languages": sorted(mentor.languages),
        "level": mentor.level,
        "gender": mentor.gender,
        "modes": sorted(mentor.modes or ()),
        "place": list(mentor.place) if mentor.place else None,
        "places": mentor.capacity,
        "tandems": each.tandems,
        "points": each.score,
        "for": list(each.for_whom),
    }

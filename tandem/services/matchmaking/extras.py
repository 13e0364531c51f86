"""What a matching can be asked for beside its pairs."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import matching
from tandem.services.matchmaking.earlier import Earlier, compare
from tandem.taxonomy.nearest import nearest_postal_codes

AIMS = matching.AIMS


@dataclass(frozen=True, kw_only=True)
class Extras:
    """What is asked for.

    Attributes
    ----------
    aim : instead of the policy's
    alternatives : how many for each pair; as the engine does by itself where None
    earlier : file with an earlier result, to be told the difference
    recruit : whether to tell which mentors would add most
    stability : over how many plausible weightings to tell how often each pair stands
    """

    aim: str | None = None
    alternatives: int | None = None
    earlier: Path | None = None
    recruit: bool = False
    stability: int | None = None


def tell(result: matching.Result, extras: Extras, earlier: Earlier | None) -> dict[str, Any]:
    """Return a result as plain values, with what was asked for beside it.

    Its keys are those of the contract, and ``what_if``, ``recruit`` and ``stability`` only
    where they were asked for.
    """
    if extras.alternatives is not None:
        result = _with_alternatives(result, extras.alternatives)
    told = result.to_dict()
    if earlier is not None:
        told["what_if"] = compare(earlier, told)
    if extras.recruit:
        told["recruit"] = _recruits(result)
    if extras.stability:
        told["stability"] = _stability(result, extras.stability)
    return told


def _with_alternatives(result: matching.Result, k: int) -> matching.Result:
    proposals = tuple(
        replace(one, alternatives=matching.alternatives(result, one.mentee, k))
        for one in result.proposals
    )
    return replace(result, proposals=proposals)


def _recruits(result: matching.Result) -> list[dict[str, Any]]:
    """List the kinds of mentors that would add something, the most useful first."""
    useful = [one for one in matching.recruit(result) if (one.tandems, one.score) > (0, 0)]
    useful.sort(key=lambda one: (-one.tandems, -one.score))
    return [
        {"tandems": one.tandems, "score": one.score, "for": list(one.for_whom)}
        | {"mentor": _kind(one.mentor)}
        for one in useful
    ]


def _kind(mentor: matching.Mentor) -> dict[str, Any]:
    [home] = nearest_postal_codes([mentor.place]) if mentor.place else [None]
    said = {
        "occupation": mentor.occupation,
        "sectors": list(mentor.sectors),
        "languages": dict(mentor.languages),
        "place": home,
        "level": mentor.level,
        "gender": mentor.gender,
    }
    return {name: value for name, value in said.items() if value}


def _stability(result: matching.Result, draws: int) -> dict[str, Any]:
    """List the pairs with the share of weightings under which they stand, the shakiest first."""
    shares = matching.stability(result, draws)
    pairs = sorted(shares, key=lambda pair: (shares[pair], pair))
    listed = [
        {"mentor": mentor, "mentee": mentee, "share": shares[mentor, mentee]}
        for mentor, mentee in pairs
    ]
    return {"draws": draws, "pairs": listed}

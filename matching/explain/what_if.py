"""What would be different if something were decided otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.intake import Request
from matching.match import match
from matching.policy import Policy
from matching.result import Cost, Move, Result
from matching.rules import Pair


@dataclass(frozen=True, kw_only=True)
class Rescored:
    """A pair that both results have, but with another score."""

    mentor: str
    mentee: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How another result differs from the first, pair by pair.

    Attributes
    ----------
    after : the other result, whole
    moves : every mentee who has another mentor, or one instead of none, or none; by id
    rescored : pairs in both whose score differs; by ids
    cost : tandems and points that the change loses all in all; below 0 is a gain
    """

    after: Result
    moves: tuple[Move, ...]
    rescored: tuple[Rescored, ...]
    cost: Cost


def what_if(
    result: Result,
    *,
    pinned: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    policy: Policy | None = None,
) -> Difference:
    """Match the same people again with something decided otherwise, and tell the difference.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    pinned, forbidden : pairs of ids, besides those of the result; a pair named here is no
        longer what it was there
    policy : instead of the result's

    Returns
    -------
    Difference
        From `result` to what :func:`matching.match` returns for the changed input.

    Raises
    ------
    InvalidInput
        As :func:`matching.match`.

    Examples
    --------
    >>> from matching import Mentee, Mentor, match
    >>> team = [Mentor(id=i, languages={"de": "C2"}, modes={"online"}) for i in ("M1", "M2")]
    >>> asked = [Mentee(id="E1", languages={"de": "B2"}, modes={"online"})]
    >>> result = match(team, asked, Policy())
    >>> [before] = result.proposals
    >>> [move] = what_if(result, forbidden=[(before.mentor, "E1")]).moves
    >>> move.from_mentor == before.mentor, move.to_mentor == before.mentor
    (True, False)
    """
    first = result.request
    pins, bans = tuple(pinned), tuple(forbidden)
    return compare(
        result,
        rematch(
            replace(
                first,
                pinned=(*(pair for pair in first.pinned if pair not in bans), *pins),
                forbidden=(*(pair for pair in first.forbidden if pair not in pins), *bans),
                policy=policy or first.policy,
            )
        ),
    )


def rematch(request: Request, *, explain: bool = True) -> Result:
    """Match what a request asks for; `explain` as for :func:`matching.match`."""
    return match(
        request.mentors,
        request.mentees,
        request.policy,
        pinned=request.pinned,
        forbidden=request.forbidden,
        running=request.running,
        seed=request.seed,
        explain=explain,
    )


def compare(before: Result, after: Result) -> Difference:
    """Tell how one result differs from another."""
    old, new = ({pair.mentee: pair for pair in result.proposals} for result in (before, after))
    moves: list[Move] = []
    rescored: list[Rescored] = []
    for mentee in sorted(old.keys() | new.keys()):
        was, is_now = old.get(mentee), new.get(mentee)
        ends = (pair.mentor if pair else None for pair in (was, is_now))
        move = Move(mentee=mentee, from_mentor=next(ends), to_mentor=next(ends))
        if move.from_mentor != move.to_mentor:
            moves.append(move)
        elif was and is_now and was.score != is_now.score:
            pair = Rescored(mentor=was.mentor, mentee=mentee, before=was.score, after=is_now.score)
            rescored.append(pair)
    return Difference(
        after=after,
        moves=tuple(moves),
        rescored=tuple(sorted(rescored, key=lambda pair: (pair.mentor, pair.mentee))),
        cost=Cost(tandems=before.tandems - after.tandems, score=before.score - after.score),
    )

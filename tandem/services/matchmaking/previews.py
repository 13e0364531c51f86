"""What a policy would make of the people as they are now, fast enough for a page to wait for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import matching
from tandem.services.matchmaking.policy_terms import Terms, read_terms
from tandem.services.matchmaking.solving import NotSolved, match_people

__all__ = ["Change", "NotSolved", "Outcome", "compare", "is_quick", "preview"]

_MOST_PAIRS = {"most": 160_000, "best": 160_000, "fair": 60_000}
"""How many pairs one matching may have to look at to take some 0.3 s, by aim."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of matching under one policy.

    Attributes
    ----------
    terms : the policy
    pairs : mentee to mentor, by their keys
    scores : mentee to the points of the pair
    asked : how many mentees took part
    """

    terms: Terms
    pairs: Mapping[str, str]
    scores: Mapping[str, int]
    asked: int

    @property
    def tandems(self) -> int:
        """How many pairs were made."""
        return len(self.pairs)

    @cached_property
    def points(self) -> int:
        """All pairs together."""
        return sum(self.scores.values())

    @property
    def coverage(self) -> int | None:
        """Per cent of the mentees who have a pair; none where there is no mentee."""
        return 100 * self.tandems // self.asked if self.asked else None

    @property
    def mean(self) -> int | None:
        """Points of a pair on average."""
        return self.points // self.tandems if self.pairs else None

    @property
    def weakest(self) -> str | None:
        """The mentee whose pair has the fewest points."""
        return min(self.scores, key=lambda key: (self.scores[key], key), default=None)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is otherwise for one mentee; a mentor is none where there is no pair."""

    mentee: str
    before: str | None
    after: str | None


def is_quick(content: Mapping[str, Any], aims: Collection[str]) -> bool:
    """Whether matching these people is quick enough for a page, under each of these aims."""
    pairs = len(content["mentors"]) * len(content["mentees"])
    return all(pairs <= _MOST_PAIRS[aim] for aim in aims)


def preview(content: Mapping[str, Any], policy: str, *, seed: int) -> Outcome:
    """Match the people of a snapshot's content under a policy, and keep who goes with whom.

    Raises
    ------
    NotSolved
        If the engine refuses its input, such as a pin against a rule of this policy.
    """
    task = {"content": content, "policy": policy, "seed": seed}
    try:
        result = match_people(task, explain=False)
    except matching.InvalidInput as error:
        raise NotSolved(str(error)) from error
    made = result.proposals
    return Outcome(
        terms=read_terms(policy),
        pairs={pair.mentee: pair.mentor for pair in made},
        scores={pair.mentee: pair.score for pair in made},
        asked=len(content["mentees"]),
    )


def compare(before: Outcome, after: Outcome) -> Sequence[Change]:
    """Tell for whom it would be otherwise: first those who lose a pair, then those who get one."""
    changes = [
        Change(mentee=mentee, before=before.pairs.get(mentee), after=after.pairs.get(mentee))
        for mentee in sorted(before.pairs.keys() | after.pairs.keys())
        if before.pairs.get(mentee) != after.pairs.get(mentee)
    ]
    return sorted(changes, key=lambda each: (each.after is not None, each.before is not None))

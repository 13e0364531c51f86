"""What a matching returns: pairs with reasons, people left out with reasons, and the proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.assign import Certificate
from matching.checks import SetAside
from matching.criteria.tables import Value
from matching.explain.outcome import Outcome
from matching.intake import Request


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one criterion says about a pair: a code, its values, points out of the weight."""

    criterion: str
    code: str
    points: int
    weight: int
    values: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a change would lose all in all; below 0 is a gain."""

    tandems: int
    score: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """One mentee who would go from one mentor to another; None is nobody."""

    mentee: str
    from_mentor: str | None
    to_mentor: str | None


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another mentor for a mentee, with the exact cost of having it so.

    `moves` lists every mentee who would then have another mentor or none, this one first.
    `worst` are the points by which the lowest score of all tandems would fall: told under
    ``fair``, where it counts before the total.
    """

    mentor: str
    score: int
    parts: Mapping[str, int]
    cost: Cost
    moves: tuple[Move, ...]
    worst: int | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One pair, with its reasons.

    Attributes
    ----------
    parts : points by criterion; they sum to `score`
    facts : one for each criterion, in the same order
    alternatives : the cheapest ones for the mentee first; none for a pinned pair
    margin : points by which this pair's score alone may fall and the pair still be in an
        optimal result; None where it stays whatever its score, and in results whose
        proposals carry neither alternatives nor margins (large rounds, under ``fair`` those
        of more than 128 people a side, and any made with ``explain=False``), which
        :func:`matching.alternatives` and :func:`matching.margin` tell
    """

    mentor: str
    mentee: str
    score: int
    parts: Mapping[str, int]
    facts: tuple[Fact, ...]
    pinned: bool
    alternatives: tuple[Alternative, ...]
    margin: int | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One single change that would give somebody without a proposal a tandem.

    Attributes
    ----------
    rule : what would have to give way for this one pair: a rule, ``floor`` for the score, or
        ``capacity`` for one place more at the mentor
    step : by how much, in whole units: CEFR levels, kilometres, EQF levels, weekly slots,
        points or places; 1 for a wish, an exclusion or a decision that is dropped
    mentor, mentee : the pair it would make
    score : what the pair would score
    cost : what everybody else would lose by it
    """

    rule: str
    step: int
    mentor: str
    mentee: str
    score: int
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """Somebody without a proposal.

    `reasons` tells for every rule how many of the other side it shuts out (whoever fails
    several rules counts for each), under ``floor`` how many fit but score too little, under
    ``taken`` how many fit but went to others; ``nobody`` where the other side is empty.
    `changes` are the single changes that would place them, one for each rule: first the one
    by which others lose the fewest tandems, then the fewest points, then the least step.
    Where proposals carry no alternatives these are missing too: :func:`matching.changes`
    tells them.
    """

    id: str
    reasons: Mapping[str, int]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """Proposals of one matching; sorted by ids, whatever the order of the input."""

    proposals: tuple[Proposal, ...]
    unmatched_mentees: tuple[Unmatched, ...]
    unmatched_mentors: tuple[Unmatched, ...]
    set_aside: tuple[SetAside, ...]
    tandems: int
    score: int
    certificate: Certificate
    seed: int
    engine: str
    digest: str
    request: Request = field(repr=False, compare=False)
    outcome: Outcome = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``tandem match --format json`` prints: plain values only.

        Examples
        --------
        >>> from matching import Mentee, Mentor, Policy, match
        >>> ours = Mentor(id="M1", languages={"de": "C2"}, modes={"online"})
        >>> told = match([ours], [Mentee(id="E1", languages={"en": "C2"})], Policy()).to_dict()
        >>> told["unmatched"]["mentees"][0]["reasons"]
        {'language_floor': 1, 'reach': 1}
        """
        return {
            "proposals": [_proposal(proposal) for proposal in self.proposals],
            "unmatched": {
                "mentees": [_unmatched(person) for person in self.unmatched_mentees],
                "mentors": [_unmatched(person) for person in self.unmatched_mentors],
            },
            "tandems": self.tandems,
            "score": self.score,
            "seed": self.seed,
            "engine": self.engine,
            "digest": self.digest,
            "set_aside": [dict(vars(entry)) for entry in self.set_aside],
        }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "mentor": proposal.mentor,
        "mentee": proposal.mentee,
        "score": proposal.score,
        "parts": dict(proposal.parts),
        "margin": proposal.margin,
        "alternatives": [
            {
                "mentor": other.mentor,
                "score": other.score,
                "cost": dict(vars(other.cost)),
            }
            | ({} if other.worst is None else {"worst": other.worst})
            for other in proposal.alternatives
        ],
    }


def _unmatched(person: Unmatched) -> dict[str, Any]:
    return {
        "id": person.id,
        "reasons": dict(person.reasons),
        "changes": [
            dict(vars(change)) | {"cost": dict(vars(change.cost))} for change in person.changes
        ],
    }

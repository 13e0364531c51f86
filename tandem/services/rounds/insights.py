"""What was worked out about the result a round goes by, as far as it is there yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tandem.models import Snapshot


@dataclass(frozen=True, kw_only=True)
class Group:
    """How the mentees of one label fare; never fewer than five people.

    Attributes
    ----------
    label : a code, or the name of a town; ``others`` stands for all who are too few
    people, tandems : how many take part, and how many of them have a proposal
    mean_score : points of their proposals on average; none where they have none
    """

    label: str
    people: int
    tandems: int
    mean_score: int | None

    @property
    def coverage(self) -> int:
        """Per cent of them who have a proposal."""
        return 100 * self.tandems // self.people


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """All mentees by one thing they said; no groups where they are too few to tell apart.

    Attributes
    ----------
    kind : ``gender``, ``language``, ``place`` or ``recognition``
    groups : the largest first, ``others`` last
    """

    kind: str
    groups: Sequence[Group]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A kind of mentor who would help most, and what one such mentor would add exactly.

    Attributes
    ----------
    occupation : ISCO-08, two digits
    sectors : sections of NACE
    languages : codes of the languages, each enough by itself
    level : EQF level; gender : where it is a wish; modes : ways to meet
    postal_code : where; none where it does not matter or is not known
    places : with how many places
    tandems, points : what would be gained all in all
    mentees : keys in the snapshot of those who would have a proposal only then
    """

    occupation: str
    sectors: Sequence[str]
    languages: Sequence[str]
    level: int | None
    gender: str | None
    modes: Sequence[str]
    postal_code: str | None
    places: int
    tandems: int
    points: int
    mentees: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Insights:
    """What was worked out about a result.

    Attributes
    ----------
    problem : why there is neither stability nor anybody to look for: ``too_large``,
        ``other_engine``, ``refused`` or ``given_up``; none where there is
    draws : how many plausible weightings were tried
    stability : mentee's key in the snapshot to the share, 0 to 1, of weightings under which
        the proposal stands
    """

    problem: str | None
    draws: int
    stability: Mapping[str, float]
    groups: Sequence[Grouping]
    recruit: Sequence[Wanted]


def read_insights(snapshot: Snapshot) -> Insights | None:
    """Return what was worked out about a snapshot's result; none while that is still to be done."""
    said = snapshot.insights
    if said is None:
        return None
    return Insights(
        problem=said["problem"],
        draws=said["draws"],
        stability=said["stability"],
        groups=[_grouping(each) for each in said["groups"]],
        recruit=[_wanted(each) for each in said["recruit"]],
    )


def _grouping(said: Mapping[str, Any]) -> Grouping:
    return Grouping(kind=said["kind"], groups=[Group(**each) for each in said["groups"]])


def _wanted(said: Mapping[str, Any]) -> Wanted:
    known = {name: value for name, value in said.items() if name != "for"}
    return Wanted(**known, mentees=said["for"])

"""How groups of mentees fare in a result, and what it would cost to even them out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.arrays import Index, Mask, Wide
from matching.assign.aims import worth_under
from matching.errors import InvalidInput
from matching.explain.outcome import Outcome
from matching.result import Cost, Result


@dataclass(frozen=True, kw_only=True)
class Group:
    """How the mentees of one label fare.

    Attributes
    ----------
    people, tandems : how many take part, and how many of them have a tandem
    score : total of their tandems' scores
    """

    label: str
    people: int
    tandems: int
    score: int

    @property
    def coverage(self) -> float:
        """Share of the group that has a tandem, 0 to 1.

        Examples
        --------
        >>> Group(label="north", people=4, tandems=3, score=15_000).coverage
        0.75
        """
        return self.tandems / self.people

    @property
    def mean_score(self) -> float | None:
        """Average score of the group's tandems, 0 to 10,000; None where there is none.

        Examples
        --------
        >>> Group(label="north", people=4, tandems=3, score=15_000).mean_score
        5000.0
        """
        return self.score / self.tandems if self.tandems else None


@dataclass(frozen=True, kw_only=True)
class Groups:
    """All groups of a result.

    Attributes
    ----------
    groups : by label
    best, worst : labels with the highest and the lowest coverage, the first of equals
    gap : difference of their coverage, 0 to 1
    score_gap : largest difference of average scores between groups that have tandems, in
        points
    price : what is lost, all in all, by the best result in which every group has at least
        its share of the present tandems, rounded down; None where no result has that.
        Under ``fair`` the best is the one of most tandems and points
    """

    groups: tuple[Group, ...]
    best: str | None
    worst: str | None
    gap: float
    score_gap: float
    price: Cost | None


def groups(result: Result, labels: Mapping[str, str]) -> Groups:
    """Compare how groups of mentees fare in a result.

    Nothing here changes a result: groups are looked at, they count for no aim.

    Parameters
    ----------
    result : what :func:`matching.match` returned
    labels : mentee id to label; whoever has none is in no group, ids that take no part do
        no harm

    Raises
    ------
    InvalidInput
        If an id or a label is not text, or the round has more than some 30 million pairs.

    Notes
    -----
    A group's share is its part of the labelled mentees times the tandems they have now. The
    even result is found in one linear assignment: mentees who may stay without a tandem
    take one of as many idle places as their group can spare, and everybody takes a place.
    O((n_places + n_mentees) * n_mentees ** 2).

    Examples
    --------
    >>> from matching import Mentee, Mentor, Policy, match
    >>> asked = [Mentee(id=i, languages={"de": "B2"}, modes={"online"}) for i in ("E1", "E2")]
    >>> team = [Mentor(id="M1", languages={"de": "C2"}, modes={"online"}, avoid=("mentee:E2",))]
    >>> seen = groups(match(team, asked, Policy()), {"E1": "north", "E2": "south"})
    >>> [(each.label, each.coverage) for each in seen.groups], seen.gap
    ([('north', 1.0), ('south', 0.0)], 1.0)
    """
    listed: list[tuple[object, object]] = list(labels.items())
    for name, label in listed:
        if not isinstance(name, str) or not isinstance(label, str):
            raise InvalidInput(f"labels: {name!r} to {label!r} is not text to text")
    outcome = result.outcome
    found = _count(outcome, labels)
    ranked = sorted(found, key=lambda group: -group.coverage)
    means = [group.mean_score for group in found if group.mean_score is not None]
    least = _least(outcome, labels, found)
    return Groups(
        groups=found,
        best=ranked[0].label if ranked else None,
        worst=min(found, key=lambda group: group.coverage).label if found else None,
        gap=ranked[0].coverage - ranked[-1].coverage if ranked else 0.0,
        score_gap=max(means) - min(means) if means else 0.0,
        price=_price(result, *least),
    )


def _count(outcome: Outcome, labels: Mapping[str, str]) -> tuple[Group, ...]:
    made = {column: (row, column) for row, column in outcome.assignment.pairs.tolist()}
    members: dict[str, list[int]] = {}
    for column, mentee in enumerate(outcome.cohort.mentees):
        if mentee.id in labels:
            members.setdefault(labels[mentee.id], []).append(column)
    return tuple(
        Group(
            label=label,
            people=len(columns),
            tandems=sum(column in made for column in columns),
            score=sum(int(outcome.scores[made[column]]) for column in columns if column in made),
        )
        for label, columns in sorted(members.items())
    )


def _least(
    outcome: Outcome, labels: Mapping[str, str], found: tuple[Group, ...]
) -> tuple[Index, Index]:
    """Give every mentee's group, and how many of each group may stay without a tandem."""
    people = sum(group.people for group in found)
    tandems = sum(group.tandems for group in found)
    number = {group.label: at for at, group in enumerate(found)}
    known = ((mentee.id in labels) and labels[mentee.id] for mentee in outcome.cohort.mentees)
    of = [len(found) if label is False else number[label] for label in known]
    spare = [group.people - group.people * tandems // people for group in found]
    rest = len(outcome.cohort.mentees) - people
    return np.array(of, dtype=np.intp), np.array([*spare, rest], dtype=np.intp)


def _price(result: Result, of: Index, spare: Index) -> Cost | None:
    outcome = result.outcome
    places, allowed = _open(outcome)
    aim = "best" if outcome.cohort.policy.aim == "best" else "most"
    worth = worth_under(aim, outcome.scores.shape[1])
    values = outcome.scores.astype(np.int64) * worth.scale + worth.bonus
    owner = np.repeat(np.arange(len(places)), places)
    idle = np.repeat(np.arange(len(spare)), spare)
    may = np.concatenate([allowed[owner], (idle[:, None] == of) & ~outcome.is_pinned_mentee])
    held = outcome.pinned[:, 1]
    columns = np.setdiff1d(np.arange(len(of)), held)
    gains: Wide = np.concatenate([values[owner], np.zeros((len(idle), len(of)), np.int64)])
    chosen = _choose(gains[:, columns], may[:, columns])
    if chosen is None:
        return None
    slots = chosen[chosen[:, 0] < len(owner)]
    rows, picked = owner[slots[:, 0]], columns[slots[:, 1]]
    score = int(outcome.scores[rows, picked].sum(dtype=np.int64))
    pinned = int(outcome.scores[outcome.pinned[:, 0], held].sum(dtype=np.int64))
    return Cost(tandems=result.tandems - len(rows) - len(held), score=result.score - score - pinned)


def _open(outcome: Outcome) -> tuple[Index, Mask]:
    places = outcome.places - np.bincount(outcome.pinned[:, 0], minlength=len(outcome.places))
    limit = np.minimum(places, np.count_nonzero(outcome.allowed, axis=1))
    return limit, outcome.allowed & ~outcome.is_pinned_mentee


def _choose(gains: Wide, may: Mask) -> Index | None:
    """Give every column a row of its own with the highest gain; None where there is no way."""
    penalty = (int(gains.max(initial=0)) + 1) * (gains.shape[1] + 1)
    weights: NDArray[np.float64] = np.where(may, gains, -penalty).astype(np.float64)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return np.column_stack([rows, columns]) if may[rows, columns].all() else None

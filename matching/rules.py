"""What two people must share, or must not: the hard rules, each with its code."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from matching.arrays import Index, Mask
from matching.cohort import Cohort, categories, numbers
from matching.criteria import availability, reach
from matching.criteria.language import RANK, share_languages
from matching.criteria.tables import Table, take_tile
from matching.policy import RULES

Pair: TypeAlias = tuple[str, str]
"""Ids of a mentor and a mentee."""


@dataclass(frozen=True)
class Rule:
    """Which mentors and mentees a rule keeps from each other.

    Attributes
    ----------
    tile : of these mentors with these mentees, shape (n_rows, n_columns)
    pairs : of single pairs
    table : 1 where a rule keeps kinds of people apart, 0 elsewhere; None if it is no such rule
    """

    tile: Callable[[Index, Index], Mask]
    pairs: Callable[[Index, Index], Mask]
    table: Table | None = None

    def __call__(self, rows: Index, columns: Index) -> Mask:
        """Return the mask of a tile."""
        return self.tile(rows, columns)


def build_rules(
    cohort: Cohort, *, forbidden: Iterable[Pair], places: Sequence[int]
) -> dict[str, Rule]:
    """Prepare the rules that the policy has on, in their fixed order.

    Parameters
    ----------
    forbidden : pairs of ids that a person ruled out; ids that take no part do no harm
    places : number of tandems each mentor is free for, in the order of the cohort

    Notes
    -----
    A rule that cannot be evaluated for a pair, because a value is missing, shuts it out.
    ``level_floor`` asks for a mentor whose EQF level is at least the mentee's less the
    rule's parameter, ``availability_floor`` for as many shared weekly slots as it says.
    """
    build: dict[str, Callable[[Cohort], Rule]] = {
        **_BUILD,
        "capacity": lambda _: _only(np.array(places, dtype=np.intp) > 0),
        "forbidden": lambda cohort: _listed(_known(forbidden, cohort), cohort),
    }
    return {rule: build[rule](cohort) for rule in RULES if rule in cohort.policy.rules}


def _language_floor(cohort: Cohort) -> Rule:
    shared = share_languages(cohort)
    too_low = shared.best < RANK[cohort.policy.language_floor]
    return _by_kind(too_low, shared.kind, shared.mentee_kind)


def _reach(cohort: Cohort) -> Rule:
    lay = reach.build(cohort)
    return Rule(tile=lay.out_of_reach, pairs=lay.pair_out_of_reach)


def _same_gender(cohort: Cohort) -> Rule:
    kinds, kind = categories(cohort.mentors, lambda mentor: mentor.gender)
    mentees, wish = categories(cohort.mentees, lambda mentee: (mentee.same_gender, mentee.gender))
    refused = np.array(
        [[asks and (ours is None or ours != theirs) for asks, theirs in mentees] for ours in kinds],
        dtype=np.bool_,
    ).reshape(len(kinds), len(mentees))
    return _by_kind(refused, kind, wish)


def _level_floor(cohort: Cohort) -> Rule:
    below = cohort.policy.number("level_floor")
    ours = numbers(mentor.level for mentor in cohort.mentors)
    least = numbers(mentee.level for mentee in cohort.mentees) - below
    return _each_pair(lambda rows, columns: ~(ours[rows] >= least[columns]))


def _availability_floor(cohort: Cohort) -> Rule:
    slots, least = availability.build(cohort), cohort.policy.number("availability_floor")
    return _each_pair(lambda rows, columns: slots.shared(rows, columns) < least)


def _conflict(cohort: Cohort) -> Rule:
    return _listed(_avoided(cohort), cohort)


def _previous(cohort: Cohort) -> Rule:
    tried = ((mentor, mentee.id) for mentee in cohort.mentees for mentor in mentee.previous)
    return _listed(_known(tried, cohort), cohort)


def _avoided(cohort: Cohort) -> Iterator[tuple[int, int]]:
    company: Mapping[str | None, list[str]] = defaultdict(list)
    for mentor in cohort.mentors:
        company[mentor.company].append(mentor.id)
    named: list[Pair] = []
    for mentee in cohort.mentees:
        for kind, _, name in (entry.partition(":") for entry in mentee.avoid):
            ids = {"mentor": [name], "company": company.get(name, [])}.get(kind, [])
            named.extend((mentor, mentee.id) for mentor in ids)
    for mentor in cohort.mentors:
        for kind, _, name in (entry.partition(":") for entry in mentor.avoid):
            named.extend([(mentor.id, name)] if kind == "mentee" else [])
    return _known(named, cohort)


def _known(pairs: Iterable[Pair], cohort: Cohort) -> Iterator[tuple[int, int]]:
    rows, columns = cohort.mentor_row, cohort.mentee_column
    return (
        (rows[mentor], columns[mentee])
        for mentor, mentee in pairs
        if mentor in rows and mentee in columns
    )


def _listed(cells: Iterable[tuple[int, int]], cohort: Cohort) -> Rule:
    found = np.array(sorted(set(cells)), dtype=np.intp).reshape(-1, 2)
    width = cohort.shape[1]
    keys = np.append(found[:, 0] * width + found[:, 1], np.iinfo(np.intp).max)
    counts = np.bincount(found[:, 0], minlength=cohort.shape[0])

    def listed(rows: Index, columns: Index) -> Mask:
        mask = np.zeros((len(rows), len(columns)), dtype=np.bool_)
        for at in np.flatnonzero(counts[rows]):
            mask[at] = is_listed(rows[at], columns)
        return mask

    def is_listed(rows: Index, columns: Index) -> Mask:
        asked = rows * width + columns
        mask: Mask = keys[np.searchsorted(keys, asked)] == asked
        return mask

    return Rule(tile=listed, pairs=is_listed)


def _only(open_to_all: Mask) -> Rule:
    return _each_pair(lambda rows, columns: ~open_to_all[rows] & (columns >= 0))


def _each_pair(keeps_apart: Callable[[Index, Index], Mask]) -> Rule:
    return Rule(tile=lambda rows, columns: keeps_apart(rows[:, None], columns), pairs=keeps_apart)


def _by_kind(refused: Mask, kind: Index, mentee_kind: Index) -> Rule:
    return Rule(
        tile=lambda rows, columns: take_tile(refused, kind[rows], mentee_kind[columns]),
        pairs=lambda rows, columns: refused[kind[rows], mentee_kind[columns]],
        table=Table(refused.astype(np.int16), kind, mentee_kind),
    )


_BUILD: Final[Mapping[str, Callable[[Cohort], Rule]]] = {
    "language_floor": _language_floor,
    "reach": _reach,
    "same_gender": _same_gender,
    "conflict": _conflict,
    "level_floor": _level_floor,
    "availability_floor": _availability_floor,
    "previous": _previous,
}

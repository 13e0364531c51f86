"""Mentees who go from one mentor to another."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, Protocol, TypeAlias

from matching.arrays import Costs, Index, Mask, Points
from matching.assign.prices import Prices

Shift: TypeAlias = tuple[int, int | None, int | None]
"""A mentee, the mentor until now and the one from then on, by position."""
NOBODY: Final = 0
"""The node of everyone who is free: mentors with a place left, mentees without a mentor."""


class Network(Protocol):
    """Who could take whose place: pair p of `pairs` is node p + 1.

    A step from node to node means that the mentor of one takes the mentee of the other.
    """

    @property
    def pairs(self) -> Index:
        """The pairs made, but for the pinned ones, shape (k, 2)."""

    @property
    def free_mentors(self) -> Mask:
        """Who still has a place."""

    @property
    def free_mentees(self) -> Mask:
        """Who has no mentor."""

    @property
    def prices(self) -> Prices:
        """What proves the result."""

    def of_mentor(self, mentor: int) -> Costs:
        """Return the slacks of a mentor's pairs, shape (n_mentees,)."""

    def of_mentee(self, mentee: int) -> Costs:
        """Return the slacks of a mentee's pairs, shape (n_mentors,)."""

    @property
    def to_free_mentees(self) -> Costs:
        """Cost, for each mentor, of taking a mentee who is free, or nobody."""

    @property
    def to_free_mentors(self) -> Costs:
        """Cost, for each mentee, of going to a mentor with a place, or to nobody."""


def mentor_at(network: Network, node: int) -> int | None:
    """Return the mentor of a node; None for nobody."""
    return None if node == NOBODY else int(network.pairs[node - 1, 0])


def follow(network: Network, chain: Sequence[int]) -> list[Shift]:
    """List which mentees go from where to where along a chain of nodes."""
    return [
        shift for node, following in pairwise(chain) for shift in _step(network, node, following)
    ]


def gain(shifts: Iterable[Shift], scores: Points) -> tuple[int, int]:
    """Return the tandems and points that shifts bring all in all; below 0 is a loss."""
    tandems = points = 0
    for who, before, after in shifts:
        tandems += (after is not None) - (before is not None)
        points += 0 if after is None else int(scores[after, who])
        points -= 0 if before is None else int(scores[before, who])
    return tandems, points


def _step(network: Network, node: int, following: int) -> list[Shift]:
    if following == NOBODY:
        mentor = int(network.pairs[node - 1, 0])
        cost = network.to_free_mentees[mentor]
        if network.prices.mentors[mentor] == cost:
            return []
        takes = (network.of_mentor(mentor) == cost) & network.free_mentees
        return [(int(takes.argmax()), None, mentor)]
    present, mentee = network.pairs[following - 1].tolist()
    if node != NOBODY:
        return [(mentee, present, int(network.pairs[node - 1, 0]))]
    cost = network.to_free_mentors[mentee]
    if network.prices.mentees[mentee] == cost:
        return [(mentee, present, None)]
    takes = (network.of_mentee(mentee) == cost) & network.free_mentors
    return [(mentee, present, int(takes.argmax()))]

"""The people of one matching, in an order that depends on nothing but ids and seed."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Index
from matching.people import Mentee, Mentor, Person
from matching.policy import Policy

Kind = TypeVar("Kind", bound=Hashable)
Side = TypeVar("Side", Mentor, Mentee)


@dataclass(frozen=True)
class Cohort:
    """Checked people and the policy they are matched by."""

    mentors: Sequence[Mentor]
    mentees: Sequence[Mentee]
    policy: Policy

    @cached_property
    def mentor_row(self) -> dict[str, int]:
        """Row of every mentor's id."""
        return {mentor.id: row for row, mentor in enumerate(self.mentors)}

    @cached_property
    def mentee_column(self) -> dict[str, int]:
        """Column of every mentee's id."""
        return {mentee.id: column for column, mentee in enumerate(self.mentees)}

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentors and of mentees."""
        return len(self.mentors), len(self.mentees)


def categories(people: Sequence[Side], kind: Callable[[Side], Kind]) -> tuple[list[Kind], Index]:
    """Find the distinct kinds of people, and each person's position among them."""
    positions: dict[Kind, int] = {}
    index = [positions.setdefault(kind(person), len(positions)) for person in people]
    return list(positions), np.array(index, dtype=np.intp)


def numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Turn numbers into an array in which a missing one is not a number."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def reach_km(person: Person, policy: Policy) -> float:
    """How far a person travels, by their own word or the policy's."""
    return policy.reach_km if person.reach_km is None else person.reach_km

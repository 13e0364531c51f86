"""Mentees who go from one mentor to another."""

from collections.abc import Iterable
from typing import TypeAlias

from matching.explain.outcome import Outcome
from matching.result import Move

Shift: TypeAlias = tuple[int, int | None, int | None]
"""A mentee, the mentor until now and the one from then on, by position."""


def tell_moves(outcome: Outcome, shifts: Iterable[Shift]) -> tuple[Move, ...]:
    """Say who moves where, by ids."""
    mentors, mentees = outcome.cohort.mentors, outcome.cohort.mentees
    return tuple(
        Move(
            mentee=mentees[who].id,
            from_mentor=None if before is None else mentors[before].id,
            to_mentor=None if after is None else mentors[after].id,
        )
        for who, before, after in shifts
    )

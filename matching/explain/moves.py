"""Moves as they are told: by ids."""

from collections.abc import Iterable

from matching.explain.outcome import Outcome
from matching.explain.shifts import Shift
from matching.result import Move


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

"""What is wrong with a list or an option, where, and what was expected instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from tandem.errors import DomainError

_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to correct; ``line`` counts from 1, 0 where the source has no lines."""

    source: str
    line: int
    column: str
    problem: str
    expected: str

    def __str__(self) -> str:
        """Return ``source:line: column: problem, expected …`` on one line."""
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {self.column}: {self.problem}, expected {self.expected}"


class InputRefused(DomainError):
    """Lists or options cannot be used; ``problems`` says all that is wrong with them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def quote(text: str) -> str:
    """Return ``text`` quoted for a message: short, and with nothing that acts on a terminal."""
    shown = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    return repr(shown)

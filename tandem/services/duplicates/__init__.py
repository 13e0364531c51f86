"""Duplicates: people who seem to stand in a programme twice, and merging two into one."""

from tandem.services.duplicates.distinguishing import (
    Apart,
    confuse,
    distinguish,
    list_distinctions,
)
from tandem.services.duplicates.finding import Because, Likeness, find_duplicates
from tandem.services.duplicates.merging import Unmergeable, merge

__all__ = [
    "Apart",
    "Because",
    "Likeness",
    "Unmergeable",
    "confuse",
    "distinguish",
    "find_duplicates",
    "list_distinctions",
    "merge",
]

"""Duplicates: people who seem to stand in a programme twice, and merging two into one."""

from tandem.services.duplicates.finding import Because, Likeness, find_duplicates
from tandem.services.duplicates.merging import Unmergeable, merge

__all__ = ["Because", "Likeness", "Unmergeable", "find_duplicates", "merge"]

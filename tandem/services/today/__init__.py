"""Today: everything that waits for a coordinator, and how the programme stands."""

from tandem.services.today.day import Today, get_today
from tandem.services.today.next_best import NextBest, find_next_best, open_round_with
from tandem.services.today.pairs import NEVER_BEGAN, Pair, get_pair
from tandem.services.today.watching import Watch

__all__ = [
    "NEVER_BEGAN",
    "NextBest",
    "Pair",
    "Today",
    "Watch",
    "find_next_best",
    "get_pair",
    "get_today",
    "open_round_with",
]

"""Check-ins: a few questions to each side at set times, for the coordinators alone."""

from tandem.services.check_ins.answering import AlreadyAnswered, Answers, answer, attend_to
from tandem.services.check_ins.attending import next_day
from tandem.services.check_ins.finding import (
    find_open,
    get_check_in,
    is_low,
    list_of,
    list_waiting,
)

__all__ = [
    "AlreadyAnswered",
    "Answers",
    "answer",
    "attend_to",
    "find_open",
    "get_check_in",
    "is_low",
    "list_of",
    "list_waiting",
    "next_day",
]

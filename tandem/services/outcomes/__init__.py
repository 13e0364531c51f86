"""Outcomes: what became of a mentee at the end of a tandem and 3, 6 and 12 months later."""

from tandem.services.outcomes.answering import (
    WORK,
    NothingAsked,
    OutcomeDraft,
    answer_by_link,
    answer_outcome,
    find_question,
)
from tandem.services.outcomes.finding import (
    get_outcome,
    list_open_outcomes,
    outcomes_of,
)

__all__ = [
    "WORK",
    "NothingAsked",
    "OutcomeDraft",
    "answer_by_link",
    "answer_outcome",
    "find_question",
    "get_outcome",
    "list_open_outcomes",
    "outcomes_of",
]

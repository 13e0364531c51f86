"""Agreements: what a tandem wants to reach, written by one side and agreed to by the other."""

from tandem.services.agreements.attending import attend
from tandem.services.agreements.drafts import (
    LONGEST_CONFIDENTIALITY,
    LONGEST_CONTACT,
    LONGEST_GOAL,
    MOST_GOALS,
    AgreementDraft,
    draft_of,
    suggest,
)
from tandem.services.agreements.finding import (
    SIGN_WITHIN,
    Wordings,
    in_force,
    list_unsigned,
    wordings,
)
from tandem.services.agreements.marking import mark_goal
from tandem.services.agreements.speakers import NotRunning
from tandem.services.agreements.writing import EndOutOfRange, Overtaken, agree, drop, propose

__all__ = [
    "LONGEST_CONFIDENTIALITY",
    "LONGEST_CONTACT",
    "LONGEST_GOAL",
    "MOST_GOALS",
    "SIGN_WITHIN",
    "AgreementDraft",
    "EndOutOfRange",
    "NotRunning",
    "Overtaken",
    "Wordings",
    "agree",
    "attend",
    "draft_of",
    "drop",
    "in_force",
    "list_unsigned",
    "mark_goal",
    "propose",
    "suggest",
    "wordings",
]

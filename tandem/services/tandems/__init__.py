"""Tandems: inviting both sides, their answers, and what follows from silence."""

from tandem.services.tandems.answering import (
    AnswerTooLate,
    Said,
    answer,
    answer_for,
    wake,
    withdraw,
)
from tandem.services.tandems.finding import (
    Listing,
    View,
    get_tandem,
    hold_tandem,
    list_tandems,
    side_of,
    who_declined,
    who_wrote_down,
)
from tandem.services.tandems.inviting import InTheWay, MenteeTaken, MentorTaken, Taken, invite
from tandem.services.tandems.showing import Card, Contact, agreed_topics, card, standing

__all__ = [
    "AnswerTooLate",
    "Card",
    "Contact",
    "InTheWay",
    "Listing",
    "MenteeTaken",
    "MentorTaken",
    "Said",
    "Taken",
    "View",
    "agreed_topics",
    "answer",
    "answer_for",
    "card",
    "get_tandem",
    "hold_tandem",
    "invite",
    "list_tandems",
    "side_of",
    "standing",
    "wake",
    "who_declined",
    "who_wrote_down",
    "withdraw",
]

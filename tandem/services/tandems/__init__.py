"""Tandems: inviting both sides, their answers, breaks, and an end before its time."""

from tandem.services.tandems.answering import (
    AnswerTooLate,
    Said,
    answer,
    answer_for,
    wake,
    withdraw,
)
from tandem.services.tandems.ending import Ending, end_early
from tandem.services.tandems.finding import (
    ENDED,
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
from tandem.services.tandems.pausing import BadDay, NotRunning, break_seen, pause, resume
from tandem.services.tandems.reminding import NobodyToRemind, RemindedToday, remind_now
from tandem.services.tandems.showing import Card, Contact, agreed_topics, card, standing
from tandem.services.tandems.speaking import details_of, speaks_as, voices

__all__ = [
    "ENDED",
    "AnswerTooLate",
    "BadDay",
    "Card",
    "Contact",
    "Ending",
    "InTheWay",
    "Listing",
    "MenteeTaken",
    "MentorTaken",
    "NobodyToRemind",
    "NotRunning",
    "RemindedToday",
    "Said",
    "Taken",
    "View",
    "agreed_topics",
    "answer",
    "answer_for",
    "break_seen",
    "card",
    "details_of",
    "end_early",
    "get_tandem",
    "hold_tandem",
    "invite",
    "list_tandems",
    "pause",
    "remind_now",
    "resume",
    "side_of",
    "speaks_as",
    "standing",
    "voices",
    "wake",
    "who_declined",
    "who_wrote_down",
    "withdraw",
]

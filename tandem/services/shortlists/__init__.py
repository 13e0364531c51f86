"""Short lists: asking mentees for their wishes before a round is decided."""

from tandem.services.shortlists.answering import Ranks, TooLate, answer
from tandem.services.shortlists.asking import (
    AlreadyAsked,
    BadDeadline,
    NobodyToAsk,
    TrialWaits,
    ask,
    attend,
    end_asking,
)
from tandem.services.shortlists.choosing import DEAREST_POINTS, FEWEST_CHOICES
from tandem.services.shortlists.finding import (
    Card,
    Reply,
    find_open,
    find_to_fill_in,
    get_shortlist,
    is_open,
    list_cards,
    list_replies,
)
from tandem.services.shortlists.outlook import Outlook, find_outlook
from tandem.services.shortlists.wishes import POINTS

__all__ = [
    "DEAREST_POINTS",
    "FEWEST_CHOICES",
    "POINTS",
    "AlreadyAsked",
    "BadDeadline",
    "Card",
    "NobodyToAsk",
    "Outlook",
    "Ranks",
    "Reply",
    "TooLate",
    "TrialWaits",
    "answer",
    "ask",
    "attend",
    "end_asking",
    "find_open",
    "find_outlook",
    "find_to_fill_in",
    "get_shortlist",
    "is_open",
    "list_cards",
    "list_replies",
]

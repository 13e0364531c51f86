"""Proposals: reading them, and deciding on one at a time."""

from tandem.services.proposals.deciding import (
    AlreadyDecided,
    OwnCase,
    ProposalStale,
    Ruling,
    decide,
    holds,
    is_own_case,
)
from tandem.services.proposals.figures import Figures, get_figures
from tandem.services.proposals.finding import (
    Place,
    Room,
    Tally,
    count_open,
    count_proposals,
    find_place,
    find_room,
    get_proposal,
    list_decisions,
    next_open,
)
from tandem.services.proposals.listing import Listing, count_pages, list_proposals

__all__ = [
    "AlreadyDecided",
    "Figures",
    "Listing",
    "OwnCase",
    "Place",
    "ProposalStale",
    "Room",
    "Ruling",
    "Tally",
    "count_open",
    "count_pages",
    "count_proposals",
    "decide",
    "find_place",
    "find_room",
    "get_figures",
    "get_proposal",
    "holds",
    "is_own_case",
    "list_decisions",
    "list_proposals",
    "next_open",
]

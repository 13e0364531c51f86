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
    Tally,
    count_free_places,
    count_open,
    count_proposals,
    find_place,
    get_proposal,
    list_decisions,
    next_open,
    who_is_in_the_way,
)
from tandem.services.proposals.listing import Listing, list_proposals

__all__ = [
    "AlreadyDecided",
    "Figures",
    "Listing",
    "OwnCase",
    "Place",
    "ProposalStale",
    "Ruling",
    "Tally",
    "count_free_places",
    "count_open",
    "count_proposals",
    "decide",
    "find_place",
    "get_figures",
    "get_proposal",
    "holds",
    "is_own_case",
    "list_decisions",
    "list_proposals",
    "next_open",
    "who_is_in_the_way",
]

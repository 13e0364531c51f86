"""Erasing people: everything that says who somebody is goes, what happened stays."""

from tandem.services.erasing.people import ROLES, WhoAsked, erase, find_roles, list_entries
from tandem.services.erasing.retention import CONFIRM_WITHIN, keep_house

__all__ = [
    "CONFIRM_WITHIN",
    "ROLES",
    "WhoAsked",
    "erase",
    "find_roles",
    "keep_house",
    "list_entries",
]

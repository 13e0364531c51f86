"""One's own data: see them, correct them, take them along, object to being matched."""

from tandem.services.own_data.asked_for import can_ask_for
from tandem.services.own_data.contact import (
    ask_to_change_email,
    can_change_email,
    change_email,
    change_name,
)
from tandem.services.own_data.exporting import export
from tandem.services.own_data.objecting import object_to_matching, take_objection_back
from tandem.services.own_data.overview import Overview, get_overview
from tandem.services.own_data.proof import FRESH, NotProven, has_fresh_link, require_proof

__all__ = [
    "FRESH",
    "NotProven",
    "Overview",
    "ask_to_change_email",
    "can_ask_for",
    "can_change_email",
    "change_email",
    "change_name",
    "export",
    "get_overview",
    "has_fresh_link",
    "object_to_matching",
    "require_proof",
    "take_objection_back",
]

"""Check-ins in words: what is asked, and what each answer says."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import CheckIn, Side

GOING = {
    "5": _l("Very well"),
    "4": _l("Well"),
    "3": _l("All right"),
    "2": _l("Not so well"),
    "1": _l("Not well at all"),
}
HELPING = {
    "5": _l("Very much"),
    "4": _l("Yes"),
    "3": _l("Partly"),
    "2": _l("Little"),
    "1": _l("Not at all"),
    "0": _l("We have not met yet"),
}
ALIKE = {
    "5": _l("Very alike"),
    "4": _l("Rather alike"),
    "3": _l("Partly"),
    "2": _l("Rather different"),
    "1": _l("Very different"),
    "0": _l("I cannot say yet"),
}
CALL = {"yes": _l("Yes, please"), "no": _l("No, not now")}
SIDES = {Side.MENTOR: _l("Mentor"), Side.MENTEE: _l("Mentee")}


def said(check_in: CheckIn) -> list[tuple[str, str]]:
    """Return what was answered, term by term."""
    rows = [
        (_("How it is going"), GOING[str(check_in.going)]),
        (_("The meetings help"), _in_words(HELPING, check_in.helping)),
        (_("Alike in what matters"), _in_words(ALIKE, check_in.alike)),
        (_("A call"), CALL["yes" if check_in.wants_call else "no"]),
    ]
    return [(term, str(text)) for term, text in rows]


def _in_words(scale: Mapping[str, Any], value: int | None) -> Any:
    return scale[str(value or 0)]

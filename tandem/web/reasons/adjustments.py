"""What coordinators asked of the next solving, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from tandem.models import Adjustment, AdjustmentKind, Mentee, Mentor

_TOLD: Mapping[AdjustmentKind, object] = {
    AdjustmentKind.PIN: _l("Pinned: %(mentee)s with %(mentor)s"),
    AdjustmentKind.FORBID: _l("Ruled out: %(mentee)s with %(mentor)s"),
    AdjustmentKind.SET_ASIDE: _l("Set aside: %(person)s"),
}


def told(adjustment: Adjustment) -> Markup:
    """Say what is asked, and of whom."""
    mentee, mentor = adjustment.mentee, adjustment.mentor
    names = {
        "mentee": _name(mentee),
        "mentor": _name(mentor),
        "person": _name(mentee or mentor),
    }
    return escape(str(_TOLD[adjustment.kind])) % names


def _name(person: Mentor | Mentee | None) -> Markup:
    return Markup("<bdi>{}</bdi>").format(person.name if person else "")

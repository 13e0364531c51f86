"""Why something that was asked of a round cannot be, in words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from tandem.services.rounds import Contradiction
from tandem.web import codes
from tandem.web.reasons.adjustments import told

_WHY: Mapping[str, LazyString] = {
    "mentee_pinned": _l("The mentee is pinned already."),
    "mentor_pinned": _l("The mentor is pinned already."),
    "no_place": _l("All places of this mentor are taken or pinned."),
    "forbidden": _l("The pair is ruled out."),
    "rejected": _l("The pair was rejected in this round."),
    "set_aside": _l("One of the two is set aside."),
    "taken": _l("The mentee is being asked, or in a tandem."),
    "not_in_round": _l("One of the two takes no part in the round as things are now."),
    "same_twice": _l("This holds already."),
    "against_rules": _l("The rules keep the two apart: %(rules)s."),
}
_RULES: Mapping[str, LazyString] = {
    "language_floor": _l("no language shared well enough"),
    "reach": _l("too far from each other"),
    "same_gender": _l("a wish for the same gender"),
    "conflict": _l("kept apart on request, or after a tandem"),
    "capacity": _l("no free place"),
    "level_floor": _l("too low a qualification of the mentor"),
    "availability_floor": _l("too few times that suit both"),
    "forbidden": _l("ruled out or rejected"),
    "previous": _l("tried with each other before"),
    "floor": _l("too few points"),
    "unusable": _l("an entry that cannot be used"),
}


def why_not(refusal: Contradiction) -> Markup:
    """Say what stands in the way, and who asked for it, where somebody did."""
    rules = codes.listed(str(_RULES[rule]) for rule in refusal.rules)
    reason = str(_WHY[refusal.reason]) % {"rules": rules}
    if refusal.adjustment is None:
        return escape(reason)
    by = Markup("<bdi>{}</bdi>").format(refusal.adjustment.account.name)
    asked = told(refusal.adjustment)
    return escape(_("%(reason)s %(asked)s, by %(name)s.")) % {
        "reason": escape(reason),
        "asked": asked,
        "name": by,
    }

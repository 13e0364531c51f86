"""What a policy says, in the reader's words, wherever a page names it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from tandem.services.policies import Terms
from tandem.web.context import number

RULE = {
    "language_floor": _l("They share a language well enough"),
    "reach": _l("They live within reach, or can meet online"),
    "same_gender": _l("A wish for a mentor of the same gender is kept"),
    "conflict": _l("Whoever asked not to meet, or was a tandem before, is kept apart"),
    "previous": _l("Nobody is proposed whose invitation came to nothing before"),
    "level_floor": _l("The mentor's level of qualification is not too far below the mentee's"),
    "availability_floor": _l("They share times of the week"),
}
AIM = {
    "most": _l("As many tandems as possible"),
    "best": _l("The strongest pairs"),
    "fair": _l("Nobody badly off"),
}


def aim(terms: Terms) -> str:
    """Name the aim, with the floor where it has one."""
    if terms.aim == "best" and terms.floor:
        return str(_("The strongest pairs of %(floor)s points or more", floor=number(terms.floor)))
    return str(AIM[terms.aim])


def holds(terms: Terms) -> list[str]:
    """Say what must hold under a policy, rule by rule."""
    said = [
        str(_("%(rule)s: %(how)s", rule=name, how=rule(terms, code)))
        if code in _PARAMETER
        else str(name)
        for code, name in RULE.items()
        if code in terms.rules
    ]
    return [*said, str(_("Nobody gets more tandems than they have places for"))]


def rule(terms: Terms, code: str) -> str:
    """Say whether a rule is on, and with what."""
    if code not in terms.rules:
        return str(_("off"))
    return _PARAMETER[code](terms.rules[code]) if code in _PARAMETER else str(_("on"))


_PARAMETER: Mapping[str, Callable[[Any], str]] = {
    "language_floor": lambda level: str(_("level %(level)s", level=level)),
    "level_floor": lambda levels: str(
        ngettext("%(num)d level at most", "%(num)d levels at most", levels)
    ),
    "availability_floor": lambda times: str(
        ngettext("%(num)d time at least", "%(num)d times at least", times)
    ),
}

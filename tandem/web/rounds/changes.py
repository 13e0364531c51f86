"""What would give somebody without a proposal a tandem, in sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from tandem.web.context import number
from tandem.web.reasons.costs import Faces, named

Change = Mapping[str, Any]
_Words = Callable[[int], str]


def _later(num: int) -> dict[str, str]:
    """Fill the figure in and leave the names for later, when they can be escaped."""
    return {"figure": number(num), "mentee": "%(mentee)s", "mentor": "%(mentor)s"}


_ONE: Mapping[str, LazyString] = {
    "capacity": _l("%(mentor)s accompanies one mentee more, and works with %(mentee)s."),
    "same_gender": _l(
        "%(mentee)s does without the wish for the same gender, and works with %(mentor)s."
    ),
    "conflict": _l("%(mentee)s and %(mentor)s are no longer kept apart."),
    "forbidden": _l("You allow %(mentee)s and %(mentor)s, whom you had ruled out."),
    "previous": _l("%(mentee)s and %(mentor)s want to try it with each other once more."),
}
_MANY: Mapping[str, _Words] = {
    "reach": lambda num: ngettext(
        "%(mentee)s and %(mentor)s accept %(figure)s km more on their way.",
        "%(mentee)s and %(mentor)s accept %(figure)s km more on their way.",
        num,
        **_later(num),
    ),
    "language_floor": lambda num: ngettext(
        "%(mentee)s and %(mentor)s are one level better in a language that both speak.",
        "%(mentee)s and %(mentor)s are %(figure)s levels better in a language that both speak.",
        num,
        **_later(num),
    ),
    "level_floor": lambda num: ngettext(
        "%(mentor)s may have a qualification one level lower, and works with %(mentee)s.",
        "%(mentor)s may have a qualification %(figure)s levels lower, and works with %(mentee)s.",
        num,
        **_later(num),
    ),
    "availability_floor": lambda num: ngettext(
        "%(mentee)s and %(mentor)s find one more time of the week that suits both.",
        "%(mentee)s and %(mentor)s find %(figure)s more times of the week that suit both.",
        num,
        **_later(num),
    ),
    "floor": lambda num: ngettext(
        "%(mentee)s and %(mentor)s may have one point less than the policy asks for.",
        "%(mentee)s and %(mentor)s may have %(figure)s points less than the policy asks for.",
        num,
        **_later(num),
    ),
}
_ASK: Mapping[str, LazyString] = {
    "capacity": _l("Ask %(mentor)s first whether there is time for one mentee more."),
    "same_gender": _l("Ask %(mentee)s first; the wish is theirs alone, and a no needs no reason."),
    "conflict": _l("Talk to both first: the reason why they should not meet may still hold."),
    "forbidden": _l("Ask in your team first why the two were ruled out."),
    "previous": _l("Ask %(mentee)s first, then %(mentor)s, why it ended and whether to try again."),
    "reach": _l("Ask %(mentee)s and %(mentor)s first whether the way is not too long for them."),
    "language_floor": _l("Talk to both first, in the language they would use with each other."),
    "level_floor": _l("Ask %(mentor)s first whether they feel at home in the field."),
    "availability_floor": _l("Ask both first for one more time that suits them."),
    "pair": _l("Ask both first."),
    "floor": _l("Talk to both first: little of what they told us fits together."),
}


_SUPPOSED: Mapping[str, LazyString] = {
    "pair": _l("%(mentee)s and %(mentor)s form a tandem."),
    "capacity": _ONE["capacity"],
    "same_gender": _ONE["same_gender"],
    "forbidden": _ONE["forbidden"],
    "previous": _ONE["previous"],
    "reach": _l("The way between %(mentee)s and %(mentor)s is not too long for them."),
    "language_floor": _l("%(mentee)s and %(mentor)s speak a language well enough together."),
    "level_floor": _l("The qualification of %(mentor)s is high enough for %(mentee)s."),
    "floor": _l("%(mentee)s and %(mentor)s form a tandem, with as few points as they have."),
}
TRIABLE = frozenset(_SUPPOSED)
"""What can be supposed for a pair, to see what it would change."""


def sentence(change: Change, faces: Faces) -> Markup:
    """Say what would have to be different."""
    rule, step = change["rule"], change["step"]
    text = str(_ONE[rule]) if rule in _ONE else _MANY[rule](step)
    return _fill(text, change, faces)


def supposition(supposed: Change, faces: Faces) -> Markup:
    """Say what a trial supposes, in which it does not matter by how much."""
    return _fill(str(_SUPPOSED[supposed["rule"]]), supposed, faces)


def whom_to_ask(change: Change, faces: Faces) -> Markup:
    """Say whom to ask before anything is done about it."""
    return _fill(str(_ASK[change["rule"]]), change, faces)


def _fill(text: str, change: Change, faces: Faces) -> Markup:
    names = {side: named(change[side], faces) for side in ("mentee", "mentor")}
    return escape(text) % names

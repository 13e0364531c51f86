"""What it would cost to have it otherwise, in words, and who is meant."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from tandem.services.rounds import Face
from tandem.web.context import number

Faces = Mapping[str, Face]
"""People of a snapshot by their keys."""


def price(cost: Mapping[str, int]) -> str:
    """Say what it would cost to have it otherwise: tandems first, then points."""
    tandems, points = cost["tandems"], cost["score"]
    if tandems == 0:
        return _price_in_points(points)
    words = _LOSES if tandems > 0 else _GAINS
    return words[points < 0](abs(tandems), number(abs(points)))


def _price_in_points(points: int) -> str:
    if points == 0:
        return str(_("Costs nothing."))
    figure = number(abs(points))
    if points < 0:
        brings = ngettext("Brings one point.", "Brings %(points)s points.", -points, points=figure)
        return str(brings)
    return str(
        ngettext(
            "Costs one point, but no tandem.",
            "Costs %(points)s points, but no tandem.",
            points,
            points=figure,
        )
    )


_Words = Mapping[bool, Callable[[int, str], str]]
_LOSES: _Words = {
    False: lambda num, points: ngettext(
        "Costs one tandem and %(points)s points.",
        "Costs %(num)d tandems and %(points)s points.",
        num,
        points=points,
    ),
    True: lambda num, points: ngettext(
        "Costs one tandem, and brings %(points)s points.",
        "Costs %(num)d tandems, and brings %(points)s points.",
        num,
        points=points,
    ),
}
_GAINS: _Words = {
    False: lambda num, points: ngettext(
        "Brings one tandem more, and costs %(points)s points.",
        "Brings %(num)d tandems more, and costs %(points)s points.",
        num,
        points=points,
    ),
    True: lambda num, points: ngettext(
        "Brings one tandem and %(points)s points more.",
        "Brings %(num)d tandems and %(points)s points more.",
        num,
        points=points,
    ),
}
"""By whether points are gained."""


def named(key: str | None, faces: Faces) -> Markup:
    """Return a person's name for a sentence."""
    face = faces.get(key or "")
    if face is None or not face.is_known:
        return escape(str(_("someone who is no longer here")))
    return Markup("<bdi>{}</bdi>").format(face.name)

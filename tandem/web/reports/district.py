"""A map of the programme's places from their own coordinates: dots, circles, a soft outline."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from tandem import taxonomy
from tandem.models import Programme
from tandem.services.reports import Told

WIDTH: Final = 640
HEIGHT: Final = 480
_MARGIN: Final = 70
_AROUND: Final = 34
"""How far the outline keeps from the places, in units of the picture."""
_CORNERS: Final = 12

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place with so many tandems; ``x`` to the right and ``y`` down."""

    label: str
    count: int
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class District:
    """What a map draws."""

    places: list[Place]
    dots: list[Point]
    outline: list[Point]
    """The corners around all places, in turn."""

    @property
    def path(self) -> str:
        """The outline as a path whose corners are rounded."""
        turns = list(zip(self.outline, [*self.outline[1:], *self.outline[:1]], strict=True))
        middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in turns]
        start = "M{:.0f} {:.0f}".format(*middles[-1])
        curves = (
            "Q{:.0f} {:.0f} {:.0f} {:.0f}".format(*corner, *middle)
            for corner, middle in zip(self.outline, middles, strict=True)
        )
        return "".join([start, *curves, "Z"])


def draw(told: Told, programme: Programme) -> District | None:
    """Return the map of new tandems by the mentee's place; none where nothing can be shown."""
    if not told.has_groups:
        return None
    table = told.figures["groups"]["place"]
    began = table["columns"].index("began")
    counts = {row["label"]: row["cells"][began] for row in table["rows"] if row["cells"][began]}
    known = _known(programme)
    if len(known) < 2 or not counts.keys() & known.keys():
        return None
    return _district(counts, _onto_paper(known))


def _known(programme: Programme) -> Mapping[str, Point]:
    """Return where the places of a programme lie, by name; of several codes the middle."""
    found: dict[str, list[Point]] = {}
    for code in programme.places:
        at = taxonomy.locate(code)
        if at is not None:
            found.setdefault(programme.place(code), []).append(at)
    return {label: _middle(points) for label, points in sorted(found.items())}


def _middle(points: Sequence[Point]) -> Point:
    return (
        sum(x for x, _y in points) / len(points),
        sum(y for _x, y in points) / len(points),
    )


def _onto_paper(known: Mapping[str, Point]) -> dict[str, Point]:
    """Return the places in units of the picture, north up."""
    east, north = zip(*known.values(), strict=True)
    scale = min(
        (WIDTH - 2 * _MARGIN) / max(max(east) - min(east), 1),
        (HEIGHT - 2 * _MARGIN) / max(max(north) - min(north), 1),
    )
    middle_east, middle_north = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    return {
        label: (WIDTH / 2 + (x - middle_east) * scale, HEIGHT / 2 - (y - middle_north) * scale)
        for label, (x, y) in known.items()
    }


def _district(counts: Mapping[str, Any], points: Mapping[str, Point]) -> District:
    places = [
        Place(label=label, count=count, x=points[label][0], y=points[label][1])
        for label, count in counts.items()
        if label in points
    ]
    return District(
        places=sorted(places, key=lambda place: (-place.count, place.label)),
        dots=list(points.values()),
        outline=_around(points.values()),
    )


def _around(points: Iterable[Point]) -> list[Point]:
    """Return the convex hull of small circles around all points."""
    turns = [2 * math.pi * step / _CORNERS for step in range(_CORNERS)]
    corners = sorted(
        {
            (round(x + _AROUND * math.cos(turn), 1), round(y + _AROUND * math.sin(turn), 1))
            for x, y in points
            for turn in turns
        }
    )
    return [*_half(corners), *_half(corners[::-1])]


def _half(corners: Sequence[Point]) -> list[Point]:
    """Return one side of the hull (Andrew's monotone chain), without its last corner."""
    hull: list[Point] = []
    for corner in corners:
        while len(hull) > 1 and _turn(hull[-2], hull[-1], corner) <= 0:
            hull.pop()
        hull.append(corner)
    return hull[:-1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

"""Panels: what other nouns have to say on the page of a tandem.

The page of a tandem knows none of them. Each noun offers a function that makes its panel;
``tandem.web`` says which there are, and in which order they stand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from flask import Flask, current_app

from tandem.models import Side, Tandem

_PANELS = "tandem.panels"


class Place(Enum):
    """Where on the page a panel stands."""

    MAIN = "main"
    ASIDE = "aside"


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One panel: a template, which finds what it needs under the name ``panel``."""

    template: str
    values: Mapping[str, Any]
    place: Place = Place.MAIN
    waits: bool = False
    """Whether it asks something of the reader that others wait for; it stands on top then."""


MakePanel: TypeAlias = Callable[[Tandem, Side | None], Panel | None]
"""Return the panel for the mentor, the mentee or, without a side, the coordinator."""


def init_app(app: Flask, makers: Sequence[MakePanel]) -> None:
    """Say which panels a tandem's page has, in their order."""
    app.extensions[_PANELS] = tuple(makers)


def panels_of(tandem: Tandem, side: Side | None) -> Mapping[str, Sequence[Panel]]:
    """Return the panels of a tandem's page for one reader, by their place."""
    made = [make(tandem, side) for make in current_app.extensions[_PANELS]]
    found = sorted((panel for panel in made if panel), key=lambda panel: not panel.waits)
    return {place.value: [panel for panel in found if panel.place is place] for place in Place}

"""Hold every pair against the prices of its people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from matching.arrays import Wide
from matching.assign.aims import Worth
from matching.assign.blocks import Field, Tile
from matching.assign.search import Bars, best_of_each, find_over
from matching.assign.sparse import NO_EDGES, Edges, gather
from matching.assign.sparse_prices import Duals

FEW: Final = 16
MANY: Final = 48
"""Where a tile has more than `MANY` close pairs for each mentor, it is thinned to `FEW`."""


@dataclass(frozen=True, eq=False)
class Priced:
    """Pairs that are worth their prices, or nearly.

    Attributes
    ----------
    edges : the pairs
    gains : int64 array, shape (n_edges,)
        Twice what each is worth above its prices.
    is_whole : whether none is left out
    """

    edges: Edges
    gains: Wide
    is_whole: bool


def find_close(
    field: Field,
    worth: Worth,
    duals: Duals,
    *,
    theta: int,
    tick: Callable[[], object],
    thinned: bool = True,
) -> Priced:
    """List pairs that are worth their prices, or less by at most `theta` points.

    Notes
    -----
    Where a tile has more than a few for each of its mentors, only the best of each are
    listed, so that memory stays in bounds however far the prices are from the right ones.
    """
    bars = Bars(
        duals.mentors // (2 * worth.scale),
        (duals.mentees - 2 * worth.bonus) // (2 * worth.scale) - theta,
    )

    def search(tile: Tile) -> tuple[Edges, bool]:
        edges = find_over(field, tile, bars)
        if not thinned or len(edges.rows) <= MANY * len(tile.rows):
            return edges, True
        return edges.take(best_of_each(edges, gains_of(edges, worth, duals), FEW)), False

    found = list(field.each(search, tick))
    edges = gather([NO_EDGES, *(part for part, _ in found)], field.source.shape[1])
    return Priced(edges, gains_of(edges, worth, duals), all(whole for _, whole in found))


def gains_of(edges: Edges, worth: Worth, duals: Duals) -> Wide:
    """Return twice what pairs are worth above their prices."""
    gains: Wide = 2 * edges.worth(worth)
    gains -= duals.mentors[edges.rows] + duals.mentees[edges.columns]
    return gains

"""What pairs can score at most, at a fraction of what their scores take."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from matching.arrays import Index, Points
from matching.criteria.tables import Best, Sum, Table
from matching.rules import Rule
from matching.scores import Scoring, weigh_up

BARRED: Final = -10_500
"""Added where a rule shuts a pair out: below any score, and thrice within 16 bits."""


@dataclass(frozen=True, eq=False)
class Ceilings:
    """Bounds of the scores of all pairs, computed where asked for.

    Attributes
    ----------
    tables : what can be looked up by kinds of people
    slack : what all other criteria together are worth at most
    """

    tables: tuple[Table | Best, ...]
    slack: int

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return what these mentors score with these mentees at most, below 0 for nothing.

        Notes
        -----
        Takes some 3 ns for a pair, where its score takes some 20.
        """
        total = np.full((len(rows), len(columns)), self.slack, dtype=np.int16)
        for table in self.tables:
            total += table.tile(rows, columns)
        return total


def build_ceilings(scoring: Scoring, rules: Mapping[str, Rule]) -> Ceilings:
    """Prepare the bounds of scores, and of who may be paired at all.

    Notes
    -----
    Sums of tables are bounded by the sum of their points rounded up, criteria and rules
    that compare the people of every pair by their whole weight.
    """
    tables: list[Table | Best] = []
    slack = 0
    for layer in scoring.layers.values():
        if isinstance(layer, Table | Best):
            tables.append(layer)
        elif isinstance(layer.fits, Sum):
            tables.extend(_rounded_up(layer.fits, layer.weight))
        else:
            slack += layer.weight
    marks = [
        replace(rule.table, fits=np.int16(BARRED) * rule.table.fits)
        for rule in rules.values()
        if rule.table is not None
    ]
    return Ceilings(tuple(_merged([*tables, *marks])), slack)


def _rounded_up(fits: Sum, weight: int) -> Iterator[Table]:
    return (replace(table, fits=weigh_up(table.fits, weight)) for table in fits.tables)


def _merged(tables: Iterable[Table | Best]) -> list[Table | Best]:
    """Add up tables by the same kinds of people, so that they are looked up once."""
    merged: list[Table | Best] = []
    for table in tables:
        for at, other in enumerate(merged):
            if isinstance(table, Table) and isinstance(other, Table) and other.is_like(table):
                merged[at] = replace(other, fits=other.fits + table.fits)
                break
        else:
            merged.append(table)
    return merged

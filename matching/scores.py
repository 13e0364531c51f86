"""Criteria and rules brought together: points, which sum to scores."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from matching.arrays import Index, Points
from matching.cohort import Cohort
from matching.criteria import BUILD, Fits
from matching.criteria.tables import Best, Table
from matching.policy import FULL


@dataclass(frozen=True, eq=False)
class Weighted:
    """Fits times a weight, rounded down once."""

    fits: Fits
    weight: int

    def block(self, rows: Index) -> Points:
        """Return the points of these mentors with all mentees."""
        return weigh(self.fits.block(rows), self.weight)

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the points of these mentors with these mentees."""
        return weigh(self.fits.tile(rows, columns), self.weight)

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the points of single pairs."""
        return weigh(self.fits.pairs(rows, columns), self.weight)


Layer: TypeAlias = Table | Best | Weighted
"""Points of one criterion."""


@dataclass(frozen=True, eq=False)
class Scoring:
    """Points and scores of all pairs of a cohort, computed where asked for."""

    layers: dict[str, Layer]
    n_mentees: int

    def block(self, rows: Index) -> Points:
        """Return the scores of these mentors with all mentees, 0 to 10,000."""
        total = np.zeros((len(rows), self.n_mentees), dtype=np.int16)
        for layer in self.layers.values():
            total += layer.block(rows)
        return total

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the scores of these mentors with these mentees."""
        total = np.zeros((len(rows), len(columns)), dtype=np.int16)
        for layer in self.layers.values():
            total += layer.tile(rows, columns)
        return total

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the scores of single pairs."""
        total = np.zeros(len(rows), dtype=np.int16)
        for layer in self.layers.values():
            total += layer.pairs(rows, columns)
        return total

    def parts(self, rows: Index, columns: Index) -> list[dict[str, int]]:
        """Return the points of single pairs by criterion."""
        by_criterion = [layer.pairs(rows, columns).tolist() for layer in self.layers.values()]
        return [
            dict(zip(self.layers, points, strict=True))
            for points in zip(*by_criterion, strict=True)
        ]


def build_scoring(cohort: Cohort) -> Scoring:
    """Prepare the scores of a cohort under its policy."""
    layers = {
        criterion: _layer(BUILD[criterion](cohort), weight)
        for criterion, weight in cohort.policy.weights.items()
    }
    return Scoring(layers, len(cohort.mentees))


def weigh(fits: Points, weight: int) -> Points:
    """Return the points that fits are worth: floor(weight * fit / 10,000)."""
    points = np.multiply(fits, np.int32(weight), dtype=np.int32)
    np.floor_divide(points, np.int32(FULL), out=points)
    return points.astype(np.int16)


def weigh_up(fits: Points, weight: int) -> Points:
    """Return the points that fits are worth, rounded up."""
    return -weigh(-fits, weight)


def _layer(fits: Fits, weight: int) -> Layer:
    if isinstance(fits, Table):
        return replace(fits, fits=weigh(fits.fits, weight))
    if isinstance(fits, Best):
        tables = [replace(table, fits=weigh(table.fits, weight)) for table in fits.tables]
        return Best(tuple(tables))
    return Weighted(fits, weight)

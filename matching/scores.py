"""Criteria brought together: points, which sum to scores."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.arrays import Index, Points
from matching.cohort import Cohort
from matching.criteria import BUILD, Fits
from matching.criteria.tables import Table
from matching.policy import FULL


class Layer(Protocol):
    """Points of one criterion."""

    def block(self, rows: Index) -> Points:
        """Return the points of these mentors with all mentees."""

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the points of these mentors with these mentees."""

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the points of single pairs."""


@dataclass(frozen=True, eq=False)
class Weighted:
    """Fits times a weight, rounded down once."""

    fits: Fits
    points: Points

    def block(self, rows: Index) -> Points:
        """Return the points of these mentors with all mentees."""
        return np.take(self.points, self.fits.block(rows))

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the points of these mentors with these mentees."""
        return np.take(self.points, self.fits.tile(rows, columns))

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the points of single pairs."""
        return np.take(self.points, self.fits.pairs(rows, columns))


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
        criterion: _weigh(BUILD[criterion](cohort), weight)
        for criterion, weight in cohort.policy.weights.items()
    }
    return Scoring(layers, len(cohort.mentees))


def _weigh(fits: Fits, weight: int) -> Layer:
    points = (np.arange(FULL + 1) * weight // FULL).astype(np.int16)
    if isinstance(fits, Table):
        return Table(points[fits.fits], fits.kind, fits.mentee_kind)
    return Weighted(fits, points)

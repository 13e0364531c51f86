"""Scores of a cohort by blocks, so that they need never exist all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import Index, Mask, Points
from matching.assign.blocks import SHUT, Tile, cut
from matching.ceilings import Ceilings, build_ceilings
from matching.cohort import Cohort
from matching.criteria import reach
from matching.grid import tiles_within_reach
from matching.rules import Rule
from matching.scores import Scoring, Weighted, weigh


@dataclass(frozen=True, eq=False)
class CohortSource:
    """A :class:`matching.Source` of the pairs that the rules and the floor leave.

    Attributes
    ----------
    rules : in their fixed order; ``reach``, if on, also decides what is looked at
    pinned : int array, shape (p, 2)
        Pairs that may score below the floor.

    Notes
    -----
    Blocks do not look at ``capacity``: an assignment is given the places anyway.
    """

    cohort: Cohort
    scoring: Scoring
    rules: Mapping[str, Rule]
    pinned: Index

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentors and of mentees."""
        return self.cohort.shape

    def tiles(self) -> Iterable[Tile]:
        """Cut all pairs that might meet into tiles."""
        if "reach" in self.rules:
            return tiles_within_reach(reach.build(self.cohort))
        n_mentors, n_mentees = self.shape
        return cut(np.arange(n_mentors), np.arange(n_mentees))

    @cached_property
    def bounds(self) -> Ceilings:
        """What pairs can score at most."""
        return build_ceilings(self.scoring, self.rules)

    def ceilings(self, rows: Index, columns: Index) -> Points:
        """Return what these mentors score with these mentees at most."""
        return self.bounds.tile(rows, columns)

    def block(self, rows: Index, columns: Index) -> Points:
        """Return the scores of these mentors with these mentees; below 0 where shut out."""
        scores = np.zeros((len(rows), len(columns)), dtype=np.int16)
        shut = np.zeros(scores.shape, dtype=np.bool_)
        meets_in_layer = self._add_layers(scores, shut, rows=rows, columns=columns)
        done = {"capacity"} | ({"reach"} if meets_in_layer else set())
        for name in self.rules.keys() - done:
            shut |= self.rules[name].tile(rows, columns)
        shut |= self._below_floor(scores)
        np.copyto(scores, SHUT, where=shut)
        return scores

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the scores of single pairs; below 0 where shut out.

        Notes
        -----
        Whoever one rule shuts out is not looked at again.
        """
        left = np.arange(len(rows))
        for rule in self.rules.values():
            left = left[~rule.pairs(rows[left], columns[left])]
        scores = np.full(len(rows), SHUT, dtype=np.int16)
        found = self.scoring.pairs(rows[left], columns[left])
        n_mentees = self.shape[1]
        pinned = self.pinned[:, 0] * n_mentees + self.pinned[:, 1]
        shut = self._below_floor(found) & ~np.isin(rows[left] * n_mentees + columns[left], pinned)
        scores[left] = np.where(shut, SHUT, found)
        return scores

    def _add_layers(self, scores: Points, shut: Mask, *, rows: Index, columns: Index) -> bool:
        """Add up the points; tell whether `shut` has been given who cannot meet as well."""
        meets_in_layer = False
        for layer in self.scoring.layers.values():
            if isinstance(layer, Weighted) and isinstance(layer.fits, reach.Reach):
                fits = layer.fits.meet(rows, columns)
                if "reach" in self.rules:
                    np.less(fits, 0, out=shut)
                    meets_in_layer = True
                scores += weigh(np.maximum(fits, 0, out=fits), layer.weight)
            else:
                scores += layer.tile(rows, columns)
        return meets_in_layer

    def _below_floor(self, scores: Points) -> Mask:
        policy = self.cohort.policy
        return scores < (policy.floor if policy.aim == "best" else 0)

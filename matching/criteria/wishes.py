"""Wishes: whom the mentee would like to have, and what the mentor would like to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from matching.arrays import Index, Points
from matching.cohort import Cohort, categories
from matching.criteria import prefixes
from matching.criteria.needs import one_hot
from matching.criteria.tables import Best, Description, Table
from matching.people import Mentee, Mentor
from matching.policy import Policy

RANK_FIT: Final = (5_000, 4_000, 3_000)
"""Half of the fit: all of it for the mentee's first choice, then 0.8 and 0.6, else nothing."""
WISH_FIT: Final = 5_000
"""The other half: the mentee is in an occupation, or has a need, that the mentor wishes for."""
_CODE: Final = {
    (False, False): "none",
    (True, False): "mentee_wish",
    (False, True): "mentor_wish",
    (True, True): "both",
}


@dataclass(frozen=True, eq=False)
class Wishes:
    """Fits of the rankings, looked up where asked for, and of the mentors' wishes.

    Attributes
    ----------
    ranked : int array, shape (3, n_mentees)
        Row of the mentor whom each mentee ranks first, second, third; -1 for nobody here.
    work, needs : what mentors wish for, of which the better fit counts
    """

    ranked: Index
    work: Best
    needs: Table

    def block(self, rows: Index) -> Points:
        """Return the fits of these mentors with all mentees."""
        return self._ranks(rows[:, None], np.arange(self.ranked.shape[1])) + np.maximum(
            self.work.block(rows), self.needs.block(rows)
        )

    def tile(self, rows: Index, columns: Index) -> Points:
        """Return the fits of these mentors with these mentees."""
        wished = np.maximum(self.work.tile(rows, columns), self.needs.tile(rows, columns))
        return self._ranks(rows[:, None], columns) + wished

    def pairs(self, rows: Index, columns: Index) -> Points:
        """Return the fits of single pairs."""
        wished = np.maximum(self.work.pairs(rows, columns), self.needs.pairs(rows, columns))
        return self._ranks(rows, columns) + wished

    def _ranks(self, rows: Index, columns: Index) -> Points:
        shape = np.broadcast_shapes(rows.shape, columns.shape)
        fits = np.zeros(shape, dtype=np.int16)
        for fit, ranked in zip(RANK_FIT, self.ranked, strict=True):
            fits += np.int16(fit) * (ranked[columns] == rows)
        return fits


def build(cohort: Cohort) -> Wishes:
    """Work out the fits of all pairs.

    Notes
    -----
    A mentor who takes no part keeps the rank that the mentee gave: the second choice stays
    the second. O(n_mentors * n_mentees) where all are asked for; nothing that large is kept.
    """
    ranked = np.full((len(RANK_FIT), len(cohort.mentees)), -1, dtype=np.intp)
    for column, mentee in enumerate(cohort.mentees):
        for rank, name in enumerate(_ranking(mentee)):
            ranked[rank, column] = cohort.mentor_row.get(name, -1)
    occupation = partial(prefixes.build, cohort, named=_wished("occupation"), fit=WISH_FIT)
    target = occupation(code=lambda mentee: mentee.occupation)
    past = occupation(code=lambda mentee: mentee.past_occupation)
    return Wishes(ranked, Best((target, past)), _needs(cohort))


def describe(mentor: Mentor, mentee: Mentee, policy: Policy) -> Description:  # noqa: ARG001 - one signature for all criteria
    """Tell the rank the mentee gave, and which of the mentor's wishes the mentee meets."""
    ranking = _ranking(mentee)
    rank = ranking.index(mentor.id) + 1 if mentor.id in ranking else None
    met = tuple(wish for wish in mentor.prefer if _is_met(wish, mentee))
    values = {"rank": rank, "met": met}
    if not mentor.prefer and not mentee.prefer:
        return "missing", values
    return _CODE[rank is not None, bool(met)], values


def _needs(cohort: Cohort) -> Table:
    wishes, kind = categories(cohort.mentors, lambda mentor: frozenset(_wished("need")(mentor)))
    needs, mentee_kind = categories(cohort.mentees, lambda mentee: frozenset(mentee.needs))
    met = one_hot(wishes) @ one_hot(needs).T > 0
    return Table((WISH_FIT * met).astype(np.int16), kind, mentee_kind)


def _wished(kind: str) -> Callable[[Mentor], Iterator[str]]:
    """Name what a mentor wishes for, of one kind."""

    def named(mentor: Mentor) -> Iterator[str]:
        wishes = (wish.partition(":") for wish in mentor.prefer)
        return (code for start, _, code in wishes if start == kind)

    return named


def _ranking(mentee: Mentee) -> list[str]:
    return list(dict.fromkeys(mentee.prefer))[: len(RANK_FIT)]


def _is_met(wish: str, mentee: Mentee) -> bool:
    kind, _, code = wish.partition(":")
    occupations = mentee.occupation or "", mentee.past_occupation or ""
    return code in mentee.needs if kind == "need" else any(o.startswith(code) for o in occupations)

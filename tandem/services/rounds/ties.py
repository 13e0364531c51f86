"""What brings people together or keeps them apart, besides what they say; read in one go."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    LIVE,
    Adjustment,
    AdjustmentKind,
    Exclusion,
    Programme,
    Proposal,
    ProposalState,
    Round,
    Side,
    Tandem,
    TandemState,
)

Pair = tuple[int, int]
"""The ids of a mentor and of a mentee."""
_TRIED = (TandemState.DECLINED, TandemState.EXPIRED)
"""Tandems that came to nothing; an exclusion that can be lifted keeps those apart who were one."""


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What is between people already; each kind the oldest first.

    Attributes
    ----------
    pinned, forbidden, rejected : what coordinators asked for, and decided, in the round
    set_aside : whom they keep out of it
    tried, running : tandems that came to nothing, and those that live
    apart : mentor or none, mentee, company or none of each exclusion
    """

    pinned: Sequence[Pair] = ()
    forbidden: Sequence[Pair] = ()
    rejected: Sequence[Pair] = ()
    set_aside: Mapping[Side, Set[int]] = field(default_factory=dict)
    tried: Sequence[Pair] = ()
    running: Sequence[Pair] = ()
    apart: Sequence[tuple[int | None, int, int | None]] = ()

    @property
    def banned(self) -> Sequence[Pair]:
        """Pairs that coordinators keep apart in this round."""
        return [*self.rejected, *self.forbidden]


def read_ties(session: Session, programme: Programme, round_: Round | None) -> Ties:
    """Return what is between the people of a programme, in a round if one is given."""
    parts = [_tandems("tried", programme, _TRIED), _tandems("running", programme, LIVE)]
    parts.append(_apart(programme))
    if round_ is not None:
        parts += [_adjusted(kind, round_) for kind in AdjustmentKind] + [_rejected(round_)]
    query = sa.union_all(*parts).order_by("what", "id")
    rows: dict[str, list[Any]] = {}
    for what, _id, mentor, mentee, company in session.execute(query):
        tie = (mentor, mentee, company) if what == "apart" else (mentor, mentee)
        rows.setdefault(what, []).append(tie)
    aside = rows.pop(AdjustmentKind.SET_ASIDE.value, [])
    return Ties(
        pinned=rows.pop(AdjustmentKind.PIN.value, []),
        forbidden=rows.pop(AdjustmentKind.FORBID.value, []),
        set_aside={
            Side.MENTOR: {mentor for mentor, _ in aside if mentor is not None},
            Side.MENTEE: {mentee for _, mentee in aside if mentee is not None},
        },
        **rows,
    )


def _part(what: str, model: Any, *, company: sa.ColumnElement[Any] | None = None) -> sa.Select[Any]:
    nobody = sa.cast(sa.null(), sa.Integer)
    columns = (sa.literal(what).label("what"), model.id.label("id"))
    return sa.select(
        *columns, model.mentor_id, model.mentee_id, nobody if company is None else company
    )


def _tandems(what: str, programme: Programme, states: Collection[TandemState]) -> sa.Select[Any]:
    return _part(what, Tandem).where(Tandem.programme_id == programme.id, Tandem.state.in_(states))


def _apart(programme: Programme) -> sa.Select[Any]:
    part = _part("apart", Exclusion, company=Exclusion.company_id.expression)
    return part.where(Exclusion.programme_id == programme.id)


def _adjusted(kind: AdjustmentKind, round_: Round) -> sa.Select[Any]:
    return _part(kind.value, Adjustment).where(
        Adjustment.programme_id == round_.programme_id,
        Adjustment.round_id == round_.id,
        Adjustment.kind == kind,
        Adjustment.undone_at.is_(None),
    )


def _rejected(round_: Round) -> sa.Select[Any]:
    return _part("rejected", Proposal).where(
        Proposal.programme_id == round_.programme_id,
        Proposal.round_id == round_.id,
        Proposal.state == ProposalState.REJECTED,
    )

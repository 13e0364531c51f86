"""The record of a round: everything that went in, came out, and was decided by people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from tandem.errors import NotFound
from tandem.models import (
    Account,
    Adjustment,
    Decision,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Proposal,
    Round,
    Side,
    Snapshot,
)
from tandem.services import rounds
from tandem.services.proposals import figures

Person = tuple[Side, str]
"""A mentor or mentee: on which side, and the key of the person or, once erased, of the snapshot."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One round, whole.

    Attributes
    ----------
    snapshot : the solving whose result the round goes by
    trials : every solving, the first one first, without input and answer
    proposals : those of the snapshot and all others that were decided on, strongest first
    adjustments : every pin, ban and person set aside, those that were undone too
    faces : who stands behind the keys of the snapshot
    """

    round: Round
    snapshot: Snapshot
    trials: Sequence[Snapshot]
    proposals: Sequence[Proposal]
    adjustments: Sequence[Adjustment]
    faces: Mapping[str, rounds.Face]
    figures: figures.Figures

    @property
    def result(self) -> Mapping[str, Any]:
        """The engine's answer."""
        return self.snapshot.result or {}

    @property
    def decisions(self) -> Sequence[Proposal]:
        """Proposals with a decision, the first decision first."""
        decided = [each for each in self.proposals if each.decision]
        return sorted(decided, key=lambda each: each.decision.id if each.decision else 0)

    @property
    def pairs(self) -> Sequence[tuple[Mentor | None, Mentee | None]]:
        """Everybody whom a proposal or an adjustment names."""
        named = [(each.mentor, each.mentee) for each in self.adjustments]
        return [*((each.mentor, each.mentee) for each in self.proposals), *named]

    @cached_property
    def numbers(self) -> Mapping[Person, int]:
        """A number for everybody, by which they can be told apart without their names.

        It follows the random keys, so that it says nothing about name or time.
        """
        everyone = sorted(set(self._people()), key=lambda person: (person[0].value, person[1]))
        found: dict[Person, int] = {}
        for side in Side:
            ours = (person for person in everyone if person[0] is side)
            found |= {person: number for number, person in enumerate(ours, start=1)}
        return found

    def person_of(self, key: str) -> Person:
        """Return who stands behind a key of the snapshot."""
        face = self.faces[key]
        return face.side, face.person_key or key

    def _people(self) -> Iterable[Person]:
        yield from (self.person_of(key) for key in self.faces)
        for mentor, mentee in self.pairs:
            if mentor is not None:
                yield Side.MENTOR, mentor.key
            if mentee is not None:
                yield Side.MENTEE, mentee.key


def get_record(session: Session, key: str, *, programme: Programme, actor: Account) -> Record:
    """Return the record of a round that has a result.

    Raises
    ------
    NotFound
        If the programme has no such round, or it has not been solved yet.
    """
    round_ = rounds.get_round(session, key, programme=programme, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    if snapshot is None:
        raise NotFound
    return Record(
        round=round_,
        snapshot=snapshot,
        trials=_trials(session, round_),
        proposals=_proposals(session, snapshot),
        adjustments=_adjustments(session, round_),
        faces=rounds.list_faces(session, snapshot),
        figures=figures.get_figures(session, round_),
    )


def _trials(session: Session, round_: Round) -> Sequence[Snapshot]:
    query = (
        sa.select(Snapshot)
        .where(Snapshot.programme_id == round_.programme_id, Snapshot.round_id == round_.id)
        .options(defer(Snapshot.content), joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number)
    )
    return session.scalars(query).all()


def _people(what: type[Proposal] | type[Adjustment]) -> tuple[Any, ...]:
    return (
        joinedload(what.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
        joinedload(what.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
    )


def _proposals(session: Session, snapshot: Snapshot) -> Sequence[Proposal]:
    query = (
        sa.select(Proposal)
        .outerjoin(Decision, Decision.proposal_id == Proposal.id)
        .where(
            Proposal.programme_id == snapshot.programme_id,
            Proposal.round_id == snapshot.round_id,
            (Proposal.snapshot_id == snapshot.id) | Decision.id.is_not(None),
        )
        .options(
            *_people(Proposal),
            joinedload(Proposal.decision).joinedload(Decision.account),
            defer(Proposal.alternatives),
            defer(Proposal.facts),
        )
        .order_by(Proposal.score.desc(), Proposal.id)
    )
    return session.scalars(query).all()


def _adjustments(session: Session, round_: Round) -> Sequence[Adjustment]:
    query = (
        sa.select(Adjustment)
        .where(Adjustment.programme_id == round_.programme_id, Adjustment.round_id == round_.id)
        .options(*_people(Adjustment), joinedload(Adjustment.account))
        .order_by(Adjustment.id)
    )
    return session.scalars(query).all()

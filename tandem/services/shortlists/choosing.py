"""Whom each mentee may choose from: who fits by the rules and would cost the round little."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from tandem.models import (
    LIVE,
    Adjustment,
    AdjustmentKind,
    Company,
    CompanyState,
    Mentor,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Round,
    Snapshot,
    SnapshotPerson,
    Tandem,
)
from tandem.models.shortlists import MOST_CHOICES
from tandem.services.shortlists.wishes import POINTS

FEWEST_CHOICES = 2
"""Whoever has no choice is not asked."""
DEAREST_POINTS = POINTS
"""What another mentor may cost the round at most; no tandem may be lost for a wish."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A mentor whom a mentee may choose."""

    mentor_id: int
    mentor_key: str
    profile_id: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who would be asked now, and who of those with an open proposal would not."""

    lists: Mapping[int, Sequence[Offer]]
    """Offers by the id of the mentee, in the order in which they are shown."""
    without_choice: int
    """How many mentees have too few mentors to choose from."""
    settled: int
    """How many are pinned or set aside, so that a wish would change nothing."""


def find_plan(session: Session, round_: Round, snapshot: Snapshot) -> Plan:
    """Return the short lists that the taken snapshot of a round gives."""
    proposals = _open_proposals(session, snapshot)
    limits = _Limits.of(session, round_)
    offers = _offers(session, snapshot)
    keys = {offer.mentor_id: key for key, offer in offers.items()}
    lists: dict[int, Sequence[Offer]] = {}
    asked = [each for each in proposals if each.mentee_id not in limits.settled]
    for proposal in asked:
        wanted = [keys.get(proposal.mentor_id, ""), *_cheap(proposal.alternatives)]
        barred = limits.barred(proposal.mentee_id)
        fitting = [offers[key] for key in wanted if key in offers]
        found = [each for each in fitting if each.mentor_id not in barred][:MOST_CHOICES]
        if len(found) >= FEWEST_CHOICES:
            lists[proposal.mentee_id] = _shuffled(found, snapshot.seed, proposal.mentee_id)
    return Plan(
        lists=lists,
        without_choice=len(asked) - len(lists),
        settled=len(proposals) - len(asked),
    )


def _open_proposals(session: Session, snapshot: Snapshot) -> Sequence[Proposal]:
    query = (
        sa.select(Proposal)
        .where(
            Proposal.programme_id == snapshot.programme_id,
            Proposal.snapshot_id == snapshot.id,
            Proposal.state == ProposalState.OPEN,
        )
        .options(defer(Proposal.facts), defer(Proposal.parts))
        .order_by(Proposal.id)
    )
    return session.scalars(query).all()


@dataclass(frozen=True)
class _Limits:
    """What coordinators have decided that no wish can change."""

    settled: Collection[int]
    """Mentees who are pinned or set aside."""
    aside: Collection[int]
    """Mentors who are set aside."""
    apart: Mapping[int, Collection[int]]
    """Mentors whom a mentee is not to meet, by the id of the mentee."""

    @classmethod
    def of(cls, session: Session, round_: Round) -> "_Limits":
        query = sa.select(Adjustment.kind, Adjustment.mentor_id, Adjustment.mentee_id).where(
            Adjustment.programme_id == round_.programme_id,
            Adjustment.round_id == round_.id,
            Adjustment.undone_at.is_(None),
        )
        rejected = sa.select(Proposal.mentor_id, Proposal.mentee_id).where(
            Proposal.programme_id == round_.programme_id,
            Proposal.round_id == round_.id,
            Proposal.state == ProposalState.REJECTED,
        )
        found = session.execute(query).all()
        apart: defaultdict[int, set[int]] = defaultdict(set)
        for mentor, mentee in session.execute(rejected):
            apart[mentee].add(mentor)
        for row in found:
            if row.kind is AdjustmentKind.FORBID:
                apart[row.mentee_id].add(row.mentor_id)
        others = [row for row in found if row.kind is not AdjustmentKind.FORBID]
        return cls(
            settled={row.mentee_id for row in others if row.mentee_id},
            aside={row.mentor_id for row in others if row.kind is AdjustmentKind.SET_ASIDE},
            apart=apart,
        )

    def barred(self, mentee_id: int) -> set[int]:
        """Return the mentors whom this mentee cannot have."""
        return {*self.aside, *self.apart.get(mentee_id, ())}


def _offers(session: Session, snapshot: Snapshot) -> dict[str, Offer]:
    """Return by the snapshot's keys the mentors who still take part and have a place."""
    taken = (
        sa.select(sa.func.count())
        .where(Tandem.mentor_id == Mentor.id, Tandem.state.in_(LIVE))
        .scalar_subquery()
    )
    query = (
        sa.select(
            SnapshotPerson.key,
            Mentor.id,
            Mentor.key.label("mentor_key"),
            Profile.id.label("profile_id"),
        )
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .join(Mentor, Mentor.id == Profile.mentor_id)
        .join(Company, Company.id == Mentor.company_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
            Profile.state == ProfileState.APPROVED,
            Company.state == CompanyState.VETTED,
            Mentor.objected_at.is_(None),
            Mentor.capacity > taken,
        )
        .order_by(SnapshotPerson.id)
    )
    return {
        row.key: Offer(mentor_id=row.id, mentor_key=row.mentor_key, profile_id=row.profile_id)
        for row in session.execute(query)
    }


def _cheap(alternatives: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the mentors who would cost no tandem and few points, the cheapest first."""
    prices = {
        each["mentor"]: (each["cost"]["tandems"], each["cost"]["score"]) for each in alternatives
    }
    cheap = (
        key
        for key, (tandems, points) in prices.items()
        if tandems <= 0 and points <= DEAREST_POINTS
    )
    return sorted(cheap, key=prices.__getitem__)


def _shuffled(offers: Iterable[Offer], seed: int, mentee_id: int) -> list[Offer]:
    """Return offers in an order that says nothing, and is the same each time."""

    def draw(offer: Offer) -> bytes:
        return hashlib.sha256(f"{seed}:{mentee_id}:{offer.mentor_key}".encode()).digest()

    return sorted(offers, key=draw)

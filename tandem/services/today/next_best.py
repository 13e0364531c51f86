"""Who could come instead, after an invitation that came to nothing, and what that costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem.db import transaction
from tandem.models import (
    LIVE,
    Account,
    Company,
    CompanyState,
    Decision,
    Exclusion,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    Round,
    Side,
    SnapshotPerson,
    Tandem,
)
from tandem.services import rounds
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns
from tandem.services.today.pairs import Pair


@dataclass(frozen=True, kw_only=True)
class NextBest:
    """The next best mentor of the same round who is still free, with the exact cost."""

    mentor_key: str
    mentee_key: str
    mentor: str
    company: str
    score: int
    cost: Mapping[str, int]


def find_next_best(
    session: Session, programme: Programme, pairs: Sequence[Pair]
) -> Mapping[int, NextBest]:
    """Return the next best mentor for tandems that never began, by the tandem's id.

    Of the alternatives that the round worked out, the cheapest whose mentor is still free and
    approved, is not kept apart from the mentee and was not tried with them before.
    """
    wanted = {
        pair.id: [each["mentor"] for each in pair.alternatives]
        for pair in pairs
        if pair.mentee_waits and pair.alternatives
    }
    if not wanted:
        return {}
    keys = {key for each in wanted.values() for key in each}
    query = _choosable(programme).where(Tandem.id.in_(wanted), SnapshotPerson.key.in_(keys))
    found = {(row.tandem_id, row.key): row for row in session.execute(query)}
    best = {}
    for pair in pairs:
        for other in pair.alternatives:
            row = found.get((pair.id, other["mentor"]))
            if row is not None and pair.id not in best:
                best[pair.id] = _next_best(row, other)
    return best


def open_round_with(
    session: Session,
    name: str,
    *,
    mentor_key: str,
    mentee_key: str,
    programme: Programme,
    actor: Account,
) -> Round:
    """Open a round for the mentees who wait, with this pair pinned; both or nothing.

    Raises
    ------
    rounds.RoundOpen
        If there is one that is not closed yet.
    rounds.Contradiction
        If the pair cannot be, as things are.
    NotFound
        If the programme has no such people.
    """
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        draft = rounds.RoundDraft(name=name, waiting_only=True)
        round_ = rounds.open_round(session, draft, programme=programme, actor=actor)
        rounds.pin(
            session,
            round_.key,
            mentor_key=mentor_key,
            mentee_key=mentee_key,
            programme=programme,
            actor=actor,
        )
    return round_


def _next_best(row: sa.Row[*tuple[Any, ...]], other: Mapping[str, Any]) -> NextBest:
    return NextBest(
        mentor_key=row.mentor_key,
        mentee_key=row.mentee_key,
        mentor=f"{row.first_name} {row.last_name}",
        company=row.company,
        score=other["score"],
        cost=other["cost"],
    )


def _choosable(programme: Programme) -> sa.Select[*tuple[Any, ...]]:
    """Return the mentors of the rounds behind tandems who could be asked now."""
    return (
        sa.select(
            Tandem.id.label("tandem_id"),
            SnapshotPerson.key,
            Mentor.key.label("mentor_key"),
            Mentee.key.label("mentee_key"),
            Account.first_name,
            Account.last_name,
            Company.name.label("company"),
        )
        .select_from(Tandem)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .join(Decision, Decision.id == Tandem.decision_id)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(SnapshotPerson, SnapshotPerson.snapshot_id == Proposal.snapshot_id)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .join(Mentor, Mentor.id == Profile.mentor_id)
        .join(Company, Company.id == Mentor.company_id)
        .join(Membership, Membership.id == Mentor.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Tandem.programme_id == programme.id,
            SnapshotPerson.programme_id == programme.id,
            SnapshotPerson.side == Side.MENTOR,
            Profile.state == ProfileState.APPROVED,
            Company.state == CompanyState.VETTED,
            Mentor.objected_at.is_(None),
            Account.disabled_at.is_(None),
            Account.confirmed_at.is_not(None) | Mentor.informed_at.is_not(None),
            Mentor.capacity > _taken(),
            ~_kept_apart(),
            ~_tried_before(),
        )
    )


def _taken() -> sa.ScalarSelect[int]:
    other = aliased(Tandem)
    return (
        sa.select(sa.func.count())
        .where(other.mentor_id == Mentor.id, other.state.in_(LIVE))
        .scalar_subquery()
    )


def _kept_apart() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Exclusion.mentee_id == Tandem.mentee_id,
        (Exclusion.mentor_id == Mentor.id) | (Exclusion.company_id == Mentor.company_id),
    )


def _tried_before() -> sa.ColumnElement[bool]:
    other = aliased(Tandem)
    return sa.exists().where(other.mentee_id == Tandem.mentee_id, other.mentor_id == Mentor.id)

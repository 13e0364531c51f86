"""Finding proposals, their decisions, and what stands in their way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from tandem.errors import NotFound
from tandem.models import (
    LIVE,
    Account,
    Company,
    CompanyState,
    Decision,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Round,
    Snapshot,
    Tandem,
)
from tandem.services import permissions

WITH_MENTOR = (
    joinedload(Proposal.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
    joinedload(Proposal.mentor).joinedload(Mentor.company),
)
WITH_MENTEE = (
    joinedload(Proposal.mentee).joinedload(Mentee.membership).joinedload(Membership.account)
)
STRONGEST_FIRST = (Proposal.score.desc(), Proposal.id)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many proposals of one solving are in which state.

    Open are those that wait for a decision and can still be confirmed; one that no longer
    holds, as somebody changed their profile or takes a break, counts as stale.
    """

    open: int = 0
    confirmed: int = 0
    rejected: int = 0
    stale: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.open + self.confirmed + self.rejected + self.stale

    @property
    def decided(self) -> int:
        """On how many somebody has decided."""
        return self.confirmed + self.rejected


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a proposal stands among those of its solving, strongest first."""

    number: int
    tally: Tally
    next_key: str | None
    """The next one that waits for a decision, starting over after the last."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Whether there is a place for a tandem of two people."""

    free_places: int
    """How many tandems the mentor is free for."""
    in_the_way: Sequence[Tandem]
    """Live tandems of the mentee, and of a mentor without a place; not the one proposed."""


def get_proposal(session: Session, key: str, *, programme: Programme, actor: Account) -> Proposal:
    """Return one proposal with its people.

    Raises
    ------
    NotFound
        If the programme has no such proposal.
    """
    permissions.require(permissions.can_coordinate(actor, programme.id))
    query = (
        sa.select(Proposal)
        .where(Proposal.programme_id == programme.id, Proposal.key == key)
        .options(
            *WITH_MENTOR,
            WITH_MENTEE,
            joinedload(Proposal.round),
            joinedload(Proposal.snapshot).options(
                defer(Snapshot.content), defer(Snapshot.result), joinedload(Snapshot.policy_version)
            ),
            joinedload(Proposal.mentor_profile).selectinload(Profile.language_skills),
            joinedload(Proposal.mentee_profile).joinedload(Profile.language_skills),
            joinedload(Proposal.decision).joinedload(Decision.account),
        )
    )
    proposal = session.scalars(query).unique().one_or_none()
    if proposal is None:
        raise NotFound
    return proposal


def next_open(session: Session, snapshot: Snapshot) -> str | None:
    """Return the key of the strongest proposal that waits for a decision."""
    query = (
        sa.select(Proposal.key)
        .where(
            Proposal.programme_id == snapshot.programme_id,
            Proposal.snapshot_id == snapshot.id,
            _waits(),
        )
        .order_by(*STRONGEST_FIRST)
        .limit(1)
    )
    return session.scalar(query)


def count_proposals(session: Session, snapshot: Snapshot) -> Tally:
    """Count the proposals of one solving by their state."""
    each = (
        sa.select(Proposal.state, _waits().label("waits"))
        .where(Proposal.programme_id == snapshot.programme_id, Proposal.snapshot_id == snapshot.id)
        .subquery()
    )
    query = sa.select(each.c.state, each.c.waits, sa.func.count()).group_by(
        each.c.state, each.c.waits
    )
    counted: Counter[str] = Counter()
    for state, waits, number in session.execute(query):
        counted[_standing(state, waits=waits)] += number
    return Tally(**counted)


def count_open(session: Session, round_: Round) -> int:
    """Count the proposals of a round that still wait for a decision."""
    query = sa.select(sa.func.count(Proposal.id)).where(
        Proposal.programme_id == round_.programme_id,
        Proposal.round_id == round_.id,
        _waits(),
    )
    return session.scalar(query) or 0


def find_place(session: Session, proposal: Proposal) -> Place:
    """Return where a proposal stands, and which one to look at next."""
    query = (
        sa.select(Proposal.id, Proposal.key, Proposal.state, _waits().label("waits"))
        .where(
            Proposal.programme_id == proposal.programme_id,
            Proposal.snapshot_id == proposal.snapshot_id,
        )
        .order_by(*STRONGEST_FIRST)
    )
    rows = session.execute(query).all()
    at = next(number for number, row in enumerate(rows) if row.id == proposal.id)
    others = [*rows[at + 1 :], *rows[:at]]
    return Place(
        number=at + 1,
        tally=Tally(**Counter(_standing(row.state, waits=row.waits) for row in rows)),
        next_key=next((row.key for row in others if row.waits), None),
    )


def _waits() -> sa.ColumnElement[bool]:
    """Whether a proposal waits for a decision and still holds; see :func:`holds`."""
    return sa.and_(
        Proposal.state == ProposalState.OPEN,
        Proposal.mentor_profile.has(Profile.state == ProfileState.APPROVED),
        Proposal.mentee_profile.has(Profile.state == ProfileState.APPROVED),
        Proposal.mentee.has(Mentee.objected_at.is_(None)),
        Proposal.mentor.has(
            Mentor.objected_at.is_(None) & Mentor.company.has(Company.state == CompanyState.VETTED)
        ),
    )


def _standing(state: ProposalState, *, waits: bool) -> str:
    is_over = state is ProposalState.OPEN and not waits
    return (ProposalState.STALE if is_over else state).value


def list_decisions(session: Session, round_: Round, *, most: int) -> Sequence[Decision]:
    """Return the last decisions of a round, the newest first."""
    people = joinedload(Decision.proposal)
    query = (
        sa.select(Decision)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Proposal.programme_id == round_.programme_id, Proposal.round_id == round_.id)
        .options(
            people.load_only(Proposal.key, Proposal.state),
            people.joinedload(Proposal.mentor)
            .joinedload(Mentor.membership)
            .joinedload(Membership.account),
            people.joinedload(Proposal.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account),
            joinedload(Decision.account),
        )
        .order_by(Decision.id.desc())
        .limit(most)
    )
    return session.scalars(query).all()


def count_free_places(session: Session, mentor: Mentor) -> int:
    """Count the tandems that a mentor is free for."""
    taken = (
        sa.select(sa.func.count())
        .where(Tandem.mentor_id == mentor.id, Tandem.state.in_(LIVE))
        .scalar_subquery()
    )
    free = sa.select(Mentor.capacity - taken).where(
        Mentor.programme_id == mentor.programme_id, Mentor.id == mentor.id
    )
    return max(session.scalar(free) or 0, 0)


def find_room(session: Session, proposal: Proposal) -> Room:
    """Return whether there is room for a tandem of these two, and what takes it."""
    query = (
        sa.select(Tandem)
        .where(
            Tandem.programme_id == proposal.programme_id,
            Tandem.state.in_(LIVE),
            (Tandem.mentor_id == proposal.mentor_id) | (Tandem.mentee_id == proposal.mentee_id),
        )
        .options(
            joinedload(Tandem.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
            joinedload(Tandem.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
            joinedload(Tandem.decision).joinedload(Decision.account),
        )
        .order_by(Tandem.id)
    )
    live = session.scalars(query).all()
    taken = sum(each.mentor_id == proposal.mentor_id for each in live)
    free = max(proposal.mentor.capacity - taken, 0)
    in_the_way = [
        tandem
        for tandem in live
        if tandem.decision.proposal_id != proposal.id
        and (not free or tandem.mentee_id == proposal.mentee_id)
    ]
    return Room(free_places=free, in_the_way=in_the_way)

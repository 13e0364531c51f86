"""The proposals of one solving, page by page, all of them or those of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, defer, joinedload

from tandem.models import Account, Membership, Mentee, Mentor, Profile, Proposal, Snapshot
from tandem.services.people import is_named
from tandem.services.proposals.finding import STRONGEST_FIRST, WITH_MENTEE, WITH_MENTOR

PAGE_SIZE = 25
_WITH_PEOPLE = (
    *WITH_MENTOR,
    WITH_MENTEE,
    joinedload(Proposal.mentee_profile).load_only(Profile.occupation, Profile.state),
    joinedload(Proposal.mentor_profile).load_only(Profile.state),
    defer(Proposal.alternatives),
)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page of proposals, and how many were found in all."""

    proposals: Sequence[Proposal]
    found: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return count_pages(self.found)


def list_proposals(
    session: Session, snapshot: Snapshot, *, name: str = "", page: int = 1
) -> Listing:
    """Return one page of the proposals of one solving, strongest first.

    Parameters
    ----------
    name : str
        Part of the name of the mentor or the mentee; everybody's where it is empty.
    page : int
        From 1; instead of one that is not there the first is given.
    """
    query = (
        sa.select(Proposal, sa.func.count().over())
        .where(Proposal.programme_id == snapshot.programme_id)
        .where(Proposal.snapshot_id == snapshot.id)
        .options(*_WITH_PEOPLE)
        .order_by(*STRONGEST_FIRST)
        .limit(PAGE_SIZE)
    )
    if name:
        query = query.where(_mentor_is_named(name) | _mentee_is_named(name))
    page = max(page, 1)
    rows = session.execute(query.offset((page - 1) * PAGE_SIZE)).all()
    if page > 1 and not rows:
        return list_proposals(session, snapshot, name=name)
    return Listing(proposals=[row[0] for row in rows], found=rows[0][1] if rows else 0, page=page)


def count_pages(found: int) -> int:
    """Return how many pages so many proposals fill, at least one."""
    return max(1, -(-found // PAGE_SIZE))


def _mentor_is_named(name: str) -> sa.ColumnElement[bool]:
    person, account = aliased(Mentor), aliased(Account)
    return (
        sa.exists()
        .where(person.id == Proposal.mentor_id, Membership.id == person.membership_id)
        .where(account.id == Membership.account_id, is_named(name, account))
    )


def _mentee_is_named(name: str) -> sa.ColumnElement[bool]:
    person, account = aliased(Mentee), aliased(Account)
    return (
        sa.exists()
        .where(person.id == Proposal.mentee_id, Membership.id == person.membership_id)
        .where(account.id == Membership.account_id, is_named(name, account))
    )

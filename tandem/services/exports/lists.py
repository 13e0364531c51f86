"""Companies, tandems and proposals as rows; values that have names in words stay codes."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from tandem.models import Account, Company, Mentor, Programme, Proposal, Snapshot, Tandem
from tandem.services.permissions import can_coordinate, require
from tandem.services.proposals.finding import STRONGEST_FIRST, WITH_MENTEE, WITH_MENTOR
from tandem.services.tables import Cell
from tandem.services.tandems.finding import WITH_PEOPLE, View

COMPANY = ("name", "sector", "postal_code", "website", "phone", "mentors", "state")
TANDEM = ("mentee", "mentor", "company", "state", "asked_on", "started_on", "ended_on", "decided")
PROPOSAL = ("mentee", "mentor", "company", "score", "state")


def company_rows(session: Session, programme: Programme, *, actor: Account) -> Iterator[list[Cell]]:
    """Yield every company with the number of its mentors, by name."""
    require(can_coordinate(actor, programme.id))
    mentors = sa.select(sa.func.count(Mentor.id)).where(Mentor.company_id == Company.id)
    query = (
        sa.select(Company, mentors.scalar_subquery())
        .where(Company.programme_id == programme.id)
        .order_by(sa.func.lower(Company.name), Company.id)
    )
    for company, count in session.execute(query):
        told = [company.name, company.sector, company.postal_code, company.website, company.phone]
        yield [*told, count, company.state.value]


def tandem_rows(
    session: Session, programme: Programme, view: View, *, actor: Account
) -> Iterator[list[Cell]]:
    """Yield the tandems of a view, in the order in which they were decided."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Tandem)
        .where(Tandem.programme_id == programme.id, Tandem.state.in_(view.states))
        .order_by(Tandem.id)
        .options(*WITH_PEOPLE)
    )
    zone = ZoneInfo(programme.zone)
    for one in session.scalars(query):
        yield [
            one.mentee.name,
            one.mentor.name,
            one.mentor.company.name,
            one.state.value,
            *(_day(at, zone) for at in (one.created_at, one.started_at, one.ended_at)),
            one.decision.account.name,
        ]


def proposal_rows(
    session: Session, snapshot: Snapshot, criteria: list[str], *, actor: Account
) -> Iterator[list[Cell]]:
    """Yield the proposals of a solving with the points of each criterion, strongest first."""
    require(can_coordinate(actor, snapshot.programme_id))
    query = (
        sa.select(Proposal)
        .where(Proposal.programme_id == snapshot.programme_id, Proposal.snapshot_id == snapshot.id)
        .order_by(*STRONGEST_FIRST)
        .options(
            *WITH_MENTOR,
            WITH_MENTEE,
            defer(Proposal.alternatives),
            defer(Proposal.facts),
        )
    )
    for one in session.scalars(query):
        who = [one.mentee.name, one.mentor.name, one.mentor.company.name]
        points = [one.parts.get(code, 0) for code in criteria]
        yield [*who, one.score, one.state.value, *points]


def _day(at: datetime | None, zone: ZoneInfo) -> Cell:
    return at.astimezone(zone).date() if at is not None else None

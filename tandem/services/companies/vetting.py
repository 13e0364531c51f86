"""Vetting companies: the coordinators' list of them, and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound, Stale
from tandem.models import Account, Company, CompanyState, Mentor, Programme
from tandem.services import audit
from tandem.services.companies.mentors import find_contact, list_mentors
from tandem.services.mails import queue_mail
from tandem.services.permissions import can_coordinate, is_involved, require
from tandem.services.programmes import take_turns


@dataclass(frozen=True, kw_only=True)
class CompanyDecision:
    """What a coordinator decided about a company, and why."""

    vetted: bool
    reason: str
    seen_version: int


@dataclass(frozen=True)
class CompanyEntry:
    """A company as a list shows it."""

    company: Company
    mentors: int


def list_companies(
    session: Session, *, actor: Account, programme: Programme, offset: int, limit: int
) -> Sequence[CompanyEntry]:
    """Return a page of the companies with the number of their mentors, to vet first, by name."""
    require(can_coordinate(actor, programme.id))
    mentors = (
        sa.select(sa.func.count(Mentor.id))
        .where(Mentor.company_id == Company.id, Mentor.erased_at.is_(None))
        .scalar_subquery()
    )
    rank = sa.case(
        (Company.state == CompanyState.REGISTERED, 0),
        (Company.state == CompanyState.VETTED, 1),
        else_=2,
    )
    rows = session.execute(
        sa.select(Company, mentors)
        .where(Company.programme_id == programme.id)
        .order_by(rank, sa.func.lower(Company.name), Company.id)
        .offset(offset)
        .limit(limit)
    )
    return [CompanyEntry(company, count) for company, count in rows]


def count_companies(
    session: Session, *, actor: Account, programme: Programme
) -> dict[CompanyState, int]:
    """Return how many companies are in which state."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Company.state, sa.func.count(Company.id))
        .where(Company.programme_id == programme.id)
        .group_by(Company.state)
    )
    counts = dict.fromkeys(CompanyState, 0)
    for state, count in session.execute(query):
        counts[state] = count
    return counts


def get_company(session: Session, key: str, *, actor: Account, programme: Programme) -> Company:
    """Return a company, for those who coordinate its programme.

    Raises
    ------
    NotFound
        If there is none under ``key`` in ``programme``.
    """
    require(can_coordinate(actor, programme.id))
    company = session.scalars(
        sa.select(Company).where(Company.programme_id == programme.id, Company.key == key)
    ).one_or_none()
    if company is None:
        raise NotFound
    return company


def decide(
    session: Session,
    key: str,
    decision: CompanyDecision,
    *,
    actor: Account,
    programme: Programme,
) -> Company:
    """Vet or decline a company, and tell who speaks for it.

    Raises
    ------
    NotAllowed
        If ``actor`` does not coordinate the programme, or is a mentor of this company.
    Stale
        If someone changed or decided it since.
    Conflict
        If it is not waiting for a decision.
    """
    with transaction(session):
        take_turns(session, programme.id)
        company = get_company(session, key, actor=actor, programme=programme)
        [company] = lock(session, Company, [company.id])
        mentors = list_mentors(session, company)
        require(not is_involved(actor, *mentors))
        if company.version != decision.seen_version:
            raise Stale
        if company.state is not CompanyState.REGISTERED:
            raise Conflict
        company.state = CompanyState.VETTED if decision.vetted else CompanyState.DECLINED
        company.decision_reason = decision.reason
        action = "vet_company" if decision.vetted else "decline_company"
        audit.record(session, action, company, actor=actor)
        _tell(session, company, mentors, programme=programme)
    return company


def _tell(
    session: Session, company: Company, mentors: Sequence[Mentor], *, programme: Programme
) -> None:
    contact = find_contact(mentors)
    if contact is not None:
        queue_mail(
            session,
            "company_vetted" if company.is_vetted else "company_declined",
            contact.membership.account,
            programme=programme,
            about=company.key,
            company=company,
        )

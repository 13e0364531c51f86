"""What a company says about itself, changed by the one mentor who speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Company, CompanySize, CompanyState, Programme
from tandem.services import audit
from tandem.services.companies.mentors import find_mentor
from tandem.services.permissions import require, speaks_for
from tandem.services.programmes import take_turns


@dataclass(frozen=True, kw_only=True)
class CompanyChange:
    """What a company says about itself, and what it offers to the tandems of its mentors."""

    name: str
    """Taken over only until the company is vetted: who it is has been looked at then."""
    sector: str
    size: CompanySize | None
    postal_code: str
    website: str
    phone: str
    internships: bool
    vacancies: str
    export_languages: Sequence[str]
    seen_version: int


def describe(
    session: Session, change: CompanyChange, *, actor: Account, programme: Programme
) -> Company:
    """Change what the company of ``actor`` says about itself.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    Conflict
        If the company was declined or has left.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = find_mentor(session, actor, programme)
        [company] = lock(session, Company, [me.company_id])
        require(speaks_for(actor, me))
        if company.state in {CompanyState.DECLINED, CompanyState.LEFT}:
            raise Conflict
        if company.version != change.seen_version:
            raise Stale
        if company.state is CompanyState.REGISTERED:
            company.name = change.name
        for name in ("sector", "size", "postal_code", "website", "phone"):
            setattr(company, name, getattr(change, name))
        company.internships = change.internships
        company.vacancies = change.vacancies
        company.export_languages = list(change.export_languages)
        audit.record(session, "describe_company", company, actor=actor)
    return company

"""Registering a company together with its first mentor, who speaks for it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.models import Company, CompanySize, Mentor, Programme, Role
from tandem.services import accounts, audit


@dataclass(frozen=True, kw_only=True)
class CompanyDraft:
    """What a company says about itself."""

    name: str
    sector: str
    size: CompanySize | None = None
    postal_code: str
    website: str
    phone: str = ""


def register(
    session: Session,
    company_draft: CompanyDraft,
    account_draft: accounts.AccountDraft,
    *,
    programme: Programme,
) -> Company | None:
    """Register a company and its first mentor; nothing is made where the address is known."""
    with transaction(session):
        membership = accounts.register(
            session, account_draft, programme=programme, role=Role.MENTOR
        )
        if membership is None:
            return None
        company = Company(
            programme_id=programme.id,
            name=company_draft.name,
            sector=company_draft.sector,
            size=company_draft.size,
            postal_code=company_draft.postal_code,
            website=company_draft.website,
            phone=company_draft.phone,
        )
        session.add(company)
        audit.record(session, "register_company", company, actor=membership.account)
        session.add(
            Mentor(
                programme_id=programme.id,
                membership_id=membership.id,
                company_id=company.id,
                is_contact=True,
            )
        )
    return company

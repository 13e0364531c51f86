"""What coordinators correct of a company that nobody of it may change any more: who it is."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Company, CompanyState, Programme
from tandem.services import audit
from tandem.services.companies.mentors import list_mentors
from tandem.services.companies.vetting import get_company
from tandem.services.permissions import is_involved, require
from tandem.services.programmes import take_turns

_TAKES_PART = (CompanyState.REGISTERED, CompanyState.VETTED)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a company is called, what it does and where it is."""

    name: str
    sector: str
    postal_code: str
    seen_version: int


def correct(
    session: Session, key: str, correction: Correction, *, actor: Account, programme: Programme
) -> Company:
    """Correct who a company is; the audit trail says which answers changed.

    Raises
    ------
    NotFound
        If there is none under ``key`` in ``programme``.
    NotAllowed
        If ``actor`` does not coordinate the programme, or is a mentor of this company.
    Stale
        If somebody changed it meanwhile.
    Conflict
        If it was declined or has left.
    """
    with transaction(session):
        take_turns(session, programme.id)
        company = get_company(session, key, actor=actor, programme=programme)
        [company] = lock(session, Company, [company.id])
        require(not is_involved(actor, *list_mentors(session, company)))
        if company.state not in _TAKES_PART:
            raise Conflict
        if company.version != correction.seen_version:
            raise Stale
        changed = [
            name
            for name in ("name", "sector", "postal_code")
            if getattr(company, name) != getattr(correction, name)
        ]
        for name in changed:
            setattr(company, name, getattr(correction, name))
        if changed:
            details: dict[str, int | str] = {"changed": " ".join(changed)}
            audit.record(session, "correct_company", company, actor=actor, details=details)
    return company

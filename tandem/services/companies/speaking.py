"""Who speaks for a company: one mentor, who hands that over, or whom a coordinator names."""

from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict
from tandem.models import Account, Company, Mentor, Programme
from tandem.services import audit
from tandem.services.companies.mentors import can_speak, find_contact, find_mentor, list_mentors
from tandem.services.companies.vetting import get_company
from tandem.services.mails import queue_mail
from tandem.services.permissions import is_involved, require, speaks_for
from tandem.services.programmes import take_turns


def hand_over(session: Session, key: str, *, actor: Account, programme: Programme) -> Mentor:
    """Let a colleague speak for the company of ``actor`` from now on.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    Conflict
        If there is no such colleague any more, or they cannot sign in yet.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = find_mentor(session, actor, programme)
        require(speaks_for(actor, me))
        return _name(session, me.company, key, programme=programme, actor=actor)


def name_contact(
    session: Session, company_key: str, key: str, *, actor: Account, programme: Programme
) -> Mentor:
    """Name who speaks for a company, where nobody can hand it over any more.

    Raises
    ------
    NotFound
        If there is no such company in the programme.
    NotAllowed
        If ``actor`` does not coordinate the programme, or is a mentor of this company.
    Conflict
        If there is no such mentor any more, or they cannot sign in yet.
    """
    with transaction(session):
        take_turns(session, programme.id)
        company = get_company(session, company_key, actor=actor, programme=programme)
        require(not is_involved(actor, *list_mentors(session, company)))
        return _name(session, company, key, programme=programme, actor=actor)


def _name(
    session: Session, company: Company, key: str, *, programme: Programme, actor: Account
) -> Mentor:
    mentors = lock(session, Mentor, [each.id for each in list_mentors(session, company)])
    chosen = next((each for each in mentors if each.key == key), None)
    if chosen is None or not can_speak(chosen):
        raise Conflict
    before = find_contact(mentors)
    if before is chosen:
        return chosen
    if before is not None:
        before.is_contact = False
        session.flush()  # there is one at most, at every moment
    chosen.is_contact = True
    details: dict[str, int | str] = {"mentor": chosen.id}
    audit.record(session, "name_contact", company, actor=actor, details=details)
    queue_mail(
        session,
        "company_contact",
        chosen.membership.account,
        programme=programme,
        about=f"{company.key}:{company.version}:{before.id if before else 0}",
        company=company,
        former=before.name if before else None,
    )
    return chosen

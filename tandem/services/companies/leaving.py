"""Leaving: a company leaves the programme, or a mentor leaves a company."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict
from tandem.models import (
    Account,
    Company,
    CompanySize,
    CompanyState,
    Membership,
    Mentor,
    Programme,
    Role,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import audit
from tandem.services.companies.mentors import find_mentor, is_invited, list_mentors
from tandem.services.erasing import WhoAsked, erase
from tandem.services.leaving import leave_rounds
from tandem.services.mails import queue_mail
from tandem.services.permissions import require, speaks_for
from tandem.services.programmes import take_turns
from tandem.services.tandems.answering import end_invitation
from tandem.services.tandems.letters import write_to

_LONGEST_NAME = 120


class SpeaksForIt(Conflict):
    """Whoever speaks for a company hands that over before leaving it."""


def leave(session: Session, *, actor: Account, programme: Programme) -> Company:
    """Take the company of ``actor`` out of the programme.

    Running tandems go on. Nobody of it is proposed any more: open proposals go stale,
    invitations that both have not accepted end, colleagues who have not come are forgotten.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    Conflict
        If it does not take part.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = find_mentor(session, actor, programme)
        [company] = lock(session, Company, [me.company_id])
        require(speaks_for(actor, me))
        if not company.is_vetted:
            raise Conflict
        company.state = CompanyState.LEFT
        audit.record(session, "leave_as_company", company, actor=actor)
        for mentor in list_mentors(session, company):
            if is_invited(mentor):
                erase(session, mentor, programme=programme, actor=None, asked=WhoAsked.RETENTION)
                continue
            _stop(session, mentor, programme=programme, actor=actor)
            account = mentor.membership.account
            _write(session, "company_left", account, company=company, programme=programme)
        for account in session.scalars(_staff(programme)):
            _write(session, "company_left_staff", account, company=company, programme=programme)
    return company


def release(session: Session, key: str, *, actor: Account, programme: Programme) -> Mentor:
    """Take a colleague who works elsewhere now off the list of the company of ``actor``.

    They keep their account, their profile and their running tandems, and stand for
    themselves: as a company of one that the coordination gets to know before anybody is
    proposed to them again.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    Conflict
        If there is no such colleague any more, or they have not accepted the invitation.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = find_mentor(session, actor, programme)
        require(speaks_for(actor, me))
        found = [each for each in list_mentors(session, me.company) if each.key == key]
        if not found or found[0].id == me.id or is_invited(found[0]):
            raise Conflict
        old = me.company
        _part(session, found[0], programme=programme, actor=actor)
        account = found[0].membership.account
        _write(session, "released", account, company=old, programme=programme)
    return found[0]


def part(session: Session, *, actor: Account, programme: Programme) -> Mentor:
    """Leave the company of ``actor`` and stand for oneself, as :func:`release` does it.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    SpeaksForIt
        If ``actor`` speaks for the company.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = find_mentor(session, actor, programme)
        if me.is_contact:
            raise SpeaksForIt
        _part(session, me, programme=programme, actor=actor)
    return me


def _part(session: Session, mentor: Mentor, *, programme: Programme, actor: Account) -> None:
    [mentor] = lock(session, Mentor, [mentor.id])
    old = mentor.company
    own = Company(
        programme_id=programme.id,
        name=mentor.name[:_LONGEST_NAME],
        sector=old.sector,
        postal_code=old.postal_code,
        size=CompanySize.MICRO,
    )
    session.add(own)
    session.flush()
    _stop(session, mentor, programme=programme, actor=actor)
    mentor.company_id = own.id
    mentor.is_contact = True
    session.flush()
    session.expire(mentor, ["company"])
    audit.record(session, "leave_company", mentor, actor=actor, details={"company": old.id})


def _stop(session: Session, mentor: Mentor, *, programme: Programme, actor: Account) -> None:
    """Let nothing begin that has not begun; what runs goes on."""
    leave_rounds(session, mentor)
    query = sa.select(Tandem.id).where(
        Tandem.programme_id == programme.id,
        Tandem.mentor_id == mentor.id,
        Tandem.state == TandemState.INVITED,
    )
    for tandem in lock(session, Tandem, session.scalars(query).all()):
        end_invitation(tandem, TandemState.WITHDRAWN)
        for side in Side:
            write_to(session, tandem, side, kind="invitation_withdrawn", programme=programme)
        audit.record(session, "withdraw_invitation", tandem, actor=actor)


def _staff(programme: Programme) -> sa.Select[Account]:
    return (
        sa.select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.programme_id == programme.id, Membership.role == Role.COORDINATOR)
        .order_by(Account.id)
    )


def _write(
    session: Session, kind: str, reader: Account, *, company: Company, programme: Programme
) -> None:
    queue_mail(session, kind, reader, programme=programme, about=company.key, company=company)

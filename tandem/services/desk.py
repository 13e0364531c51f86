"""The desk: a coordinator enters somebody who is sitting there."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound
from tandem.models import (
    Account,
    Company,
    CompanyState,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Role,
    Side,
)
from tandem.services import accounts, audit, entering
from tandem.services.accounts import NOTICE
from tandem.services.people import get_person
from tandem.services.permissions import can_coordinate, can_write_for, require
from tandem.services.programmes import at_local_time, take_turns, today

_NOON = time(12)
_MOMENT = timedelta(minutes=1)
_OUT = (CompanyState.DECLINED, CompanyState.LEFT)


class CompanyOut(Conflict):
    """The company takes no part, so nobody is entered for it."""


class NotYet(Conflict):
    """The day has not come yet."""


class HasAddress(Conflict):
    """The person has an e-mail address already; they change it themselves."""


@dataclass(frozen=True, kw_only=True)
class DeskDraft:
    """Who sits at the desk; mentors come from a company of the programme."""

    side: Side
    person: entering.Entry
    company_key: str = ""


def enter_at_desk(
    session: Session, draft: DeskDraft, *, programme: Programme, actor: Account
) -> Mentor | Mentee:
    """Enter somebody on their behalf, and tell them by mail where there is an address.

    The privacy notice was shown to them before. Whoever has no address takes part without one:
    the coordinators call them. A double click enters once.

    Raises
    ------
    entering.AddressKnown
        If somebody with this address has an account already.
    NotFound, CompanyOut
        If there is no such company, or it takes no part.
    """
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        is_mentor = draft.side is Side.MENTOR
        company = _company(session, draft.company_key, programme) if is_mentor else None
        role = Role.MENTOR if is_mentor else Role.MENTEE
        entered = _just_entered(session, draft.person, company, programme=programme, actor=actor)
        if entered is not None:
            return entered
        membership = entering.enter(
            session, draft.person, programme=programme, role=role, actor=actor
        )
        shared: dict[str, Any] = {
            "programme_id": programme.id,
            "membership_id": membership.id,
            "entered_by_id": actor.id,
        }
        if not draft.person.email:
            shared["informed_at"] = now()
        person = Mentor(company_id=company.id, **shared) if company else Mentee(**shared)
        session.add(person)
        audit.record(
            session, "tell_at_desk", membership, actor=actor, details={"privacy_notice": NOTICE}
        )
        entering.welcome(
            session, membership.account, "welcome_desk", programme=programme, staff=actor.name
        )
    return person


def _just_entered(
    session: Session,
    entry: entering.Entry,
    company: Company | None,
    *,
    programme: Programme,
    actor: Account,
) -> Mentor | Mentee | None:
    """Return whom the same coordinator has entered in the same words a moment ago."""
    model: type[Mentor] | type[Mentee] = Mentor if company else Mentee
    query: sa.Select[Any] = (
        sa.select(model)
        .join(Membership, Membership.id == model.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            model.programme_id == programme.id,
            model.entered_by_id == actor.id,
            model.created_at > now() - _MOMENT,
            model.erased_at.is_(None),
            Account.first_name == entry.first_name,
            Account.last_name == entry.last_name,
            Account.email == entry.email
            if entry.email
            else Account.email.endswith(f"@{accounts.NO_MAIL}"),
            Mentor.company_id == company.id if company else sa.true(),
        )
        .order_by(model.id.desc())
        .limit(1)
    )
    found: Mentor | Mentee | None = session.scalars(query).one_or_none()
    return found


def inform(
    session: Session, key: str, on: date, *, programme: Programme, actor: Account
) -> Mentor | Mentee:
    """Write down on which day somebody whom staff entered was given the privacy notice in person.

    From then on they take part without an account of their own: the coordinators call them.

    Raises
    ------
    NotFound
        If the programme has no such person.
    NotAllowed
        If they did not come through staff, or have taken their account over.
    NotYet
        If that day has not come.
    """
    if on > today(programme):
        raise NotYet
    with transaction(session):
        person = _hold_entered(session, key, programme=programme, actor=actor)
        person.informed_at = min(at_local_time(on, _NOON, programme), now())
        details: dict[str, int | str] = {"privacy_notice": NOTICE, "on": on.isoformat()}
        audit.record(session, "inform", person, actor=actor, details=details)
    return person


def give_address(
    session: Session, key: str, email: str, *, programme: Programme, actor: Account
) -> Mentor | Mentee:
    """Enter the e-mail address of somebody who had none, and send them the link to take over.

    Raises
    ------
    NotFound, NotAllowed
        As :func:`inform` does.
    HasAddress
        If they have one already.
    entering.AddressKnown
        If somebody with this address has an account already.
    """
    with transaction(session):
        person = _hold_entered(session, key, programme=programme, actor=actor)
        account = person.membership.account
        if account.has_email:
            raise HasAddress
        entering.give_address(session, account, email)
        audit.record(session, "give_address", person, actor=actor)
        entering.welcome(session, account, "welcome_desk", programme=programme, staff=actor.name)
    return person


def list_open_companies(
    session: Session, programme: Programme, *, actor: Account
) -> list[tuple[str, str]]:
    """Return key and name of the companies for which mentors may be entered, by name."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Company.key, Company.name)
        .where(Company.programme_id == programme.id, Company.state.not_in(_OUT))
        .order_by(Company.name, Company.id)
    )
    return [(key, name) for key, name in session.execute(query)]


def find_known(
    session: Session, known: entering.AddressKnown, *, programme: Programme, actor: Account
) -> Mentor | Mentee | None:
    """Return whom of this programme an address belongs to, if it is one of its people."""
    require(can_coordinate(actor, programme.id))
    ours = (Membership.account_id == known.account.id, Membership.programme_id == programme.id)
    return (
        session.scalars(sa.select(Mentor).join(Mentor.membership).where(*ours)).one_or_none()
        or session.scalars(sa.select(Mentee).join(Mentee.membership).where(*ours)).one_or_none()
    )


def _hold_entered(
    session: Session, key: str, *, programme: Programme, actor: Account
) -> Mentor | Mentee:
    take_turns(session, programme.id)
    who = get_person(session, key, programme=programme, actor=actor).who
    require(can_write_for(actor, who))
    held: list[Mentor | Mentee] = list(lock(session, type(who), [who.id]))
    return held[0]


def _company(session: Session, key: str, programme: Programme) -> Company:
    company = session.scalars(
        sa.select(Company).where(Company.programme_id == programme.id, Company.key == key)
    ).one_or_none()
    if company is None:
        raise NotFound
    if company.state in _OUT:
        raise CompanyOut
    return company

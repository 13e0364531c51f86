"""Colleagues: mentors whom the one who speaks for a company invites by mail.

Whoever invites cannot tell whether an address is known to the service (TRUST B2). Where it is,
an entry without an address takes its place on the list, as long as an invitation would; the
owner of the address is told and decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction, violates
from tandem.errors import Conflict
from tandem.models import (
    Account,
    Company,
    Mail,
    Membership,
    Mentor,
    Programme,
    Role,
    Token,
    TokenPurpose,
)
from tandem.services import accounts, audit
from tandem.services.companies.mentors import find_mentor, is_invited, list_mentors
from tandem.services.entering import AddressKnown, Entry, enter, welcome
from tandem.services.erasing import WhoAsked, erase
from tandem.services.mails import is_to, queue_mail
from tandem.services.permissions import require, speaks_for
from tandem.services.programmes import take_turns

MOST_WAITING = 20
"""How many invitations of a company may wait at a time."""
AGAIN_AFTER = timedelta(days=1)
"""How long after one mail the next can be sent."""
_LIFE = timedelta(days=14)
_KNOWN = "colleague_known"


class NotVettedYet(Conflict):
    """Companies invite once the coordination knows them: nobody else writes mails through us."""


class TooManyWaiting(Conflict):
    """Too many invitations wait already."""


class OnTheList(Conflict):
    """Somebody with this address is on the company's own list."""


class TooSoon(Conflict):
    """The last mail was sent less than a day ago."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Whom to invite."""

    first_name: str
    last_name: str
    email: str


def invite(
    session: Session, invitation: Invitation, *, actor: Account, programme: Programme
) -> None:
    """Invite a colleague to be a mentor of the company of ``actor``.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    NotVettedYet, TooManyWaiting, OnTheList
        If the invitation cannot be sent.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = _speaker(session, actor, programme)
        if not me.company.is_vetted:
            raise NotVettedYet
        mentors = list_mentors(session, me.company)
        waiting = [each for each in mentors if is_invited(each)]
        if len(waiting) >= MOST_WAITING:
            raise TooManyWaiting
        known = accounts.find_account(session, invitation.email)
        if known is not None and _is_on_the_list(session, known, mentors):
            raise OnTheList
        membership, known = _enter(session, invitation, programme=programme, actor=actor)
        mentor = Mentor(
            programme_id=programme.id, membership_id=membership.id, company_id=me.company_id
        )
        session.add(mentor)
        audit.record(session, "invite_colleague", mentor, actor=actor)
        _write(session, mentor, known or membership.account, programme=programme, actor=actor)


def send_again(session: Session, key: str, *, actor: Account, programme: Programme) -> Mentor:
    """Send the mail to an invited colleague once more.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    NotVettedYet
        If the company does not take part any more.
    TooSoon
        If the last mail was sent less than a day ago.
    Conflict
        If there is no such invitation any more.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = _speaker(session, actor, programme)
        if not me.company.is_vetted:
            raise NotVettedYet
        mentor = _waiting(session, me.company, key)
        account = mentor.membership.account
        last = session.scalar(
            sa.select(sa.func.max(Token.created_at)).where(
                Token.account_id == account.id, Token.purpose == TokenPurpose.WELCOME
            )
        )
        if last is not None and now() - last < AGAIN_AFTER:
            raise TooSoon
        audit.record(session, "invite_again", mentor, actor=actor)
        known = None if account.has_email else _known_behind(session, mentor)
        _write(session, mentor, known or account, programme=programme, actor=actor)
    return mentor


def withdraw(session: Session, key: str, *, actor: Account, programme: Programme) -> None:
    """Take an invitation back, and forget the colleague; its link no longer works.

    Raises
    ------
    NotFound
        If ``actor`` is no mentor of the programme.
    NotAllowed
        If somebody else speaks for the company.
    Conflict
        If there is no such invitation any more.
    """
    with transaction(session):
        take_turns(session, programme.id)
        me = _speaker(session, actor, programme)
        mentor = _waiting(session, me.company, key)
        audit.record(session, "withdraw_colleague", mentor, actor=actor)
        erase(session, mentor, programme=programme, actor=None, asked=WhoAsked.RETENTION)


def _speaker(session: Session, actor: Account, programme: Programme) -> Mentor:
    me = find_mentor(session, actor, programme)
    require(speaks_for(actor, me))
    return me


def _waiting(session: Session, company: Company, key: str) -> Mentor:
    """Return an invited colleague, held: accepting meanwhile wins."""
    found = [each for each in list_mentors(session, company) if each.key == key]
    if not found:
        raise Conflict
    lock(session, Account, [found[0].membership.account_id])
    if not is_invited(found[0]):
        raise Conflict
    return found[0]


def _enter(
    session: Session, invitation: Invitation, *, programme: Programme, actor: Account
) -> tuple[Membership, Account | None]:
    """Return the new colleague's membership, and whose the address was already."""
    entry = Entry(
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        email=invitation.email,
        locale=programme.default_locale,
    )
    known: Account | None = None
    try:
        with session.begin_nested():
            return enter(session, entry, programme=programme, role=Role.MENTOR, actor=actor), None
    except AddressKnown as refusal:
        known = refusal.account
    except IntegrityError as error:  # somebody registered the address at the same moment
        if not violates(error, "uq_accounts_email"):
            raise
        known = accounts.find_account(session, invitation.email)
    nameless = Entry(
        first_name=entry.first_name, last_name=entry.last_name, email="", locale=entry.locale
    )
    return enter(session, nameless, programme=programme, role=Role.MENTOR, actor=actor), known


def _write(
    session: Session, mentor: Mentor, reader: Account, *, programme: Programme, actor: Account
) -> None:
    """Write to whom the invitation is for; an entry without an address gets as long a life."""
    company = mentor.company
    if reader.id == mentor.membership.account_id and reader.has_email:
        welcome(
            session,
            reader,
            "welcome_colleague",
            programme=programme,
            company=company,
            colleague=actor.name,
        )
        return
    session.add(
        Token(
            account=mentor.membership.account,
            programme=programme,
            purpose=TokenPurpose.WELCOME,
            expires_at=now() + _LIFE,
        )
    )
    queue_mail(
        session,
        _KNOWN,
        reader,
        programme=programme,
        about=f"{now().date().isoformat()}:{mentor.key}",
        company=company,
        colleague=actor.name,
    )


def _known_behind(session: Session, mentor: Mentor) -> Account | None:
    """Return who was told about an entry without an address, if they are still there."""
    query = (
        sa.select(Account)
        .join(Mail, Mail.to_address == Account.email)
        .where(
            Mail.programme_id == mentor.programme_id,
            Mail.kind == _KNOWN,
            Mail.dedup_key.endswith(f":{mentor.key}", autoescape=True),
        )
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _is_on_the_list(session: Session, known: Account, mentors: Sequence[Mentor]) -> bool:
    if any(each.membership.account_id == known.id for each in mentors):
        return True
    told = session.scalars(sa.select(Mail.dedup_key).where(Mail.kind == _KNOWN, is_to(known)))
    keys = {each.rpartition(":")[2] for each in told}
    return any(each.key in keys for each in mentors)

"""Entering people on their behalf, and letting them in by a link in a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction, violates
from tandem.errors import Conflict
from tandem.models import Account, Membership, Programme, Role, Token, TokenPurpose
from tandem.models.base import new_key
from tandem.services import accounts, audit, tokens
from tandem.services.mails import queue_mail

_LIFE = {TokenPurpose.WELCOME: timedelta(days=14), TokenPurpose.SIGN_IN: timedelta(hours=1)}
_SIGN_IN_EVERY = timedelta(minutes=2)


class AddressKnown(Conflict):
    """Somebody with this address has an account already; ``account`` is theirs."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is known of somebody whom another person enters; an address may be missing."""

    first_name: str
    last_name: str
    email: str
    locale: str


def enter(
    session: Session, entry: Entry, *, programme: Programme, role: Role, actor: Account
) -> Membership:
    """Make an account with a role for somebody else; call it inside a transaction.

    Nobody can sign in to it until :func:`welcome` was called and its link was followed.

    Raises
    ------
    AddressKnown
        If there is an account with this address.
    """
    known = accounts.find_account(session, entry.email) if entry.email else None
    if known is not None:
        raise AddressKnown(known)
    [membership] = enter_new(session, [entry], programme=programme, role=role, actor=actor)
    return membership


def enter_new(
    session: Session,
    entries: Sequence[Entry],
    *,
    programme: Programme,
    role: Role,
    actor: Account,
) -> Sequence[Membership]:
    """Do as :func:`enter` for many at once, whose addresses nobody has, nor two of them."""
    memberships = [
        Membership(programme_id=programme.id, account=_add_account(session, entry), role=role)
        for entry in entries
    ]
    session.add_all(memberships)
    audit.record_each(session, "enter", [(each, {}) for each in memberships], actor=actor)
    return memberships


def _add_account(session: Session, entry: Entry) -> Account:
    draft = accounts.AccountDraft(
        email=entry.email or f"{new_key().lower()}@{accounts.NO_MAIL}",
        first_name=entry.first_name,
        last_name=entry.last_name,
        locale=entry.locale,
        password="",
    )
    return accounts.add_account(session, draft, password_hash=accounts.NO_PASSWORD)


def give_address(session: Session, account: Account, email: str) -> None:
    """Give an account that somebody else entered its e-mail address; call it in a transaction.

    Raises
    ------
    AddressKnown
        If there is an account with this address, also one made at the same moment.
    """
    try:
        with session.begin_nested():
            account.email = email
    except IntegrityError as error:
        known = accounts.find_account(session, email)
        if known is None or not violates(error, "uq_accounts_email"):
            raise
        raise AddressKnown(known) from error


def welcome(
    session: Session,
    account: Account,
    kind: str,
    *,
    programme: Programme,
    **values: Any,
) -> None:
    """Tell somebody that they were entered, by whom and what for, with a link to take over.

    ``kind`` names the mail: ``welcome_desk``, ``welcome_list`` or ``welcome_colleague``.
    Whoever has no address is told by those who entered them.
    """
    welcome_each(session, [account], kind, programme=programme, **values)


def welcome_each(
    session: Session,
    entered: Sequence[Account],
    kind: str,
    *,
    programme: Programme,
    **values: Any,
) -> None:
    """Do as :func:`welcome` for many at once."""
    reached = [account for account in entered if account.has_email]
    links = [_token(account, TokenPurpose.WELCOME, programme=programme) for account in reached]
    session.add_all(links)
    session.flush()
    for token in links:
        queue_mail(
            session,
            kind,
            token.account,
            programme=programme,
            about=token.key,
            token=token,
            **values,
        )


def ask_to_sign_in(session: Session, email: str) -> None:
    """Send mentors and mentees a link that signs them in once; nobody else gets a mail.

    Whoever asks cannot tell whether there was one (TRUST B2); another is sent at the
    earliest two minutes later.
    """
    account = accounts.find_account(session, email)
    if account is None or account.disabled_at is not None or not _takes_part(account):
        return
    if _was_sent_since(session, account, now() - _SIGN_IN_EVERY):
        return
    programme = account.memberships[0].programme
    with transaction(session):
        token = _token(account, TokenPurpose.SIGN_IN, programme=programme)
        session.add(token)
        session.flush()
        queue_mail(
            session, "sign_in_link", account, programme=programme, about=token.key, token=token
        )


def find_link(session: Session, link: str, purpose: TokenPurpose, *, secret_key: str) -> Token:
    """Return what a link would do now; uses nothing up.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    """
    return tokens.find(session, link, purpose, secret_key=secret_key, now=now())


def take_over(session: Session, link: str, password: str, *, secret_key: str) -> Account:
    """Make an account that somebody else entered one's own: confirm it and set a password.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    """
    password_hash = accounts.hash_password(password)
    with transaction(session):
        account = _consume(session, link, TokenPurpose.WELCOME, secret_key=secret_key)
        account.password_hash = password_hash
        account.confirmed_at = account.confirmed_at or now()
        audit.record(
            session,
            "take_over_account",
            account,
            actor=account,
            details={"privacy_notice": accounts.NOTICE},
        )
    return account


def sign_in_by_link(session: Session, link: str, *, secret_key: str) -> Account:
    """Sign somebody in who can read the mails sent to their address, which confirms it.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    """
    with transaction(session):
        account = _consume(session, link, TokenPurpose.SIGN_IN, secret_key=secret_key)
        account.confirmed_at = account.confirmed_at or now()
        audit.record(session, "sign_in_by_link", account, actor=account)
    return account


def _consume(session: Session, link: str, purpose: TokenPurpose, *, secret_key: str) -> Account:
    token = tokens.consume(session, link, purpose, secret_key=secret_key, now=now())
    if token.account.disabled_at is not None:
        raise tokens.LinkRefused
    return token.account


def _token(account: Account, purpose: TokenPurpose, *, programme: Programme) -> Token:
    return Token(
        account=account,
        programme=programme,
        purpose=purpose,
        expires_at=now() + _LIFE[purpose],
    )


def _takes_part(account: Account) -> bool:
    """Whether somebody is a mentor or mentee, and staff nowhere (TRUST B1)."""
    roles = {each.role for each in account.memberships}
    return bool(roles) and Role.COORDINATOR not in roles


def _was_sent_since(session: Session, account: Account, instant: datetime) -> bool:
    query = sa.select(Token.id).where(
        Token.account_id == account.id,
        Token.purpose == TokenPurpose.SIGN_IN,
        Token.created_at > instant,
    )
    return session.scalar(sa.select(query.exists())) is True

"""Accounts: registering, confirming an address, signing in, sessions."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction, violates
from tandem.errors import DomainError
from tandem.models import Account, Membership, Programme, Role, SignIn, Token, TokenPurpose
from tandem.services import audit, tokens
from tandem.services.mails import queue_mail

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
NOTICE = 2
"""Number of the privacy notice in force; each registration records which one was shown."""
_HASHER = PasswordHasher()
NO_PASSWORD = _HASHER.hash(secrets.token_urlsafe(16))
"""What is kept where there is no password: no text matches it."""
NO_MAIL = "no-mail.invalid"
"""Domain of the addresses that stand for none (RFC 2606: nothing is ever delivered there)."""
_TOKEN_LIFE = timedelta(days=2)
_SEEN_EVERY = timedelta(minutes=1)
_STAFF_IDLE, _STAFF_LONGEST = timedelta(minutes=30), timedelta(hours=12)
_IDLE, _LONGEST = timedelta(days=14), timedelta(days=30)


class SignInRefused(DomainError):
    """Address and password do not belong together, or may not sign in; which, is not said."""


@dataclass(frozen=True, kw_only=True)
class AccountDraft:
    """What a person says to get an account."""

    email: str
    first_name: str
    last_name: str
    locale: str
    password: str = field(repr=False)


def register(
    session: Session, draft: AccountDraft, *, programme: Programme, role: Role
) -> Membership | None:
    """Make an account with a role in a programme, and ask by mail to confirm the address.

    Where the address is already known nothing is made, and a mail tells its owner; the
    visitor cannot tell the difference. Call it inside a transaction that adds what the
    role needs.

    Returns
    -------
    Membership or None
        The new role; none where the address was known.
    """
    password_hash = _HASHER.hash(draft.password)
    with transaction(session):
        known = find_account(session, draft.email)
        if known is not None:
            _tell_known(session, known, programme)
            return None
        account = _add_unless_known(session, draft, password_hash=password_hash)
        if account is None:
            return None
        membership = Membership(programme_id=programme.id, account=account, role=role)
        session.add(membership)
        audit.record(
            session, "register", membership, actor=account, details={"privacy_notice": NOTICE}
        )
        ask_to_confirm(session, account, programme)
    return membership


def _add_unless_known(
    session: Session, draft: AccountDraft, *, password_hash: str
) -> Account | None:
    """Add an account; none where somebody registered the address at the same moment."""
    try:
        with session.begin_nested():
            return add_account(session, draft, password_hash=password_hash)
    except IntegrityError as error:
        if violates(error, "uq_accounts_email"):
            return None
        raise


def add_account(session: Session, draft: AccountDraft, *, password_hash: str) -> Account:
    """Add an account that is not confirmed yet."""
    account = Account(
        email=draft.email,
        first_name=draft.first_name,
        last_name=draft.last_name,
        locale=draft.locale,
        password_hash=password_hash,
    )
    session.add(account)
    return account


def hash_password(password: str) -> str:
    """Return what is kept of a password: its Argon2id hash."""
    return _HASHER.hash(password)


def find_account(session: Session, email: str) -> Account | None:
    """Return the account with this normalised address."""
    return session.scalars(sa.select(Account).where(Account.email == email)).one_or_none()


def find_taken(session: Session, emails: Sequence[str]) -> set[str]:
    """Return which of these normalised addresses belong to an account already."""
    return set(session.scalars(sa.select(Account.email).where(Account.email.in_(emails))))


def ask_to_confirm(session: Session, account: Account, programme: Programme) -> None:
    """Queue the mail with the link that confirms the address."""
    token = Token(
        account=account,
        programme=programme,
        purpose=TokenPurpose.CONFIRM_EMAIL,
        expires_at=now() + _TOKEN_LIFE,
    )
    session.add(token)
    session.flush()
    queue_mail(session, "confirm_email", account, programme=programme, about=token.key, token=token)


def _tell_known(session: Session, account: Account, programme: Programme) -> None:
    if account.confirmed_at is None:
        ask_to_confirm(session, account, programme)
    else:
        day = now().date().isoformat()
        queue_mail(session, "already_registered", account, programme=programme, about=day)


def can_confirm(session: Session, link: str, *, secret_key: str) -> bool:
    """Whether the link would confirm an address now; uses nothing up."""
    try:
        tokens.find(session, link, TokenPurpose.CONFIRM_EMAIL, secret_key=secret_key, now=now())
    except tokens.LinkRefused:
        return False
    return True


def confirm_email(session: Session, link: str, *, secret_key: str) -> Account:
    """Confirm the address that the link was sent to; the link works once.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours, was used, or has expired.
    """
    with transaction(session):
        token = tokens.consume(
            session, link, TokenPurpose.CONFIRM_EMAIL, secret_key=secret_key, now=now()
        )
        account = token.account
        if account.confirmed_at is not None:  # such a link confirms another address of theirs
            raise tokens.LinkRefused
        account.confirmed_at = now()
        audit.record(session, "confirm_email", account, actor=account)
    return account


def sign_in(session: Session, email: str, password: str, *, locale: str | None) -> Account:
    """Return the account that address and password belong to.

    An account whose address is not confirmed gets the link once more, by mail.

    Raises
    ------
    SignInRefused
        Whatever the reason.
    """
    account = find_account(session, email)
    if not _matches(account, password) or account is None:
        raise SignInRefused
    if not account.can_sign_in:
        _remind_to_confirm(session, account)
        raise SignInRefused
    with transaction(session):
        account.locale = locale or account.locale
        audit.record(session, "sign_in", account, actor=account)
    return account


def knows_password(account: Account, password: str) -> bool:
    """Whether ``password`` is the account's."""
    return _matches(account, password)


def _matches(account: Account | None, password: str) -> bool:
    """Compare in the same time, whether there is such an account or not."""
    try:
        return _HASHER.verify(account.password_hash if account else NO_PASSWORD, password)
    except VerifyMismatchError:
        return False


def _remind_to_confirm(session: Session, account: Account) -> None:
    if account.disabled_at is None and account.memberships:
        with transaction(session):
            ask_to_confirm(session, account, account.memberships[0].programme)


def open_session(session: Session, account: Account) -> str:
    """Begin a session and return its token, which is kept nowhere but in the cookie.

    The account is in use from then on, whatever reminders there were.
    """
    token, account_id = secrets.token_urlsafe(32), account.id
    with transaction(session):
        session.add(SignIn(token_hash=_hash(token), account_id=account_id, seen_at=now()))
        session.execute(
            sa.update(Account)
            .where(Account.id == account_id)
            .values(seen_at=now(), warned_at=None, warnings=0)
        )
    return token


def close_session(session: Session, token: str) -> None:
    """End a session for good."""
    with transaction(session):
        session.execute(sa.delete(SignIn).where(SignIn.token_hash == _hash(token)))


def find_session(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """Return the session behind a cookie, unless it has been idle or lasted too long."""
    query = (
        sa.select(SignIn)
        .where(SignIn.token_hash == _hash(token))
        .options(joinedload(SignIn.account).selectinload(Account.memberships))
    )
    found = session.scalars(query).one_or_none()
    if found is None or not found.account.can_sign_in or _is_over(found, now):
        return None
    if now - found.seen_at >= _SEEN_EVERY:
        with transaction(session):
            session.execute(sa.update(SignIn).where(SignIn.id == found.id).values(seen_at=now))
        found = session.scalars(query).one_or_none()
    return found


def _is_over(sign_in: SignIn, now: datetime) -> bool:
    staff = any(each.role is Role.COORDINATOR for each in sign_in.account.memberships)
    idle, longest = (_STAFF_IDLE, _STAFF_LONGEST) if staff else (_IDLE, _LONGEST)
    return now - sign_in.seen_at > idle or now - sign_in.created_at > longest


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""Links in mails: valid once, for one purpose, their secret part derived and never kept."""

import hashlib
import hmac
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.errors import DomainError
from tandem.models import Token, TokenPurpose


class LinkRefused(DomainError):
    """The link is not ours, was used before, or is too old."""


def secret_of(token: Token, *, secret_key: str) -> str:
    """Return the secret part of a token's link: 256 bits, bound to what it is for."""
    account = token.account
    state = "confirmed" if account.confirmed_at else "new"
    bound = f"{token.key}:{token.purpose.value}:{account.id}:{account.email}:{state}"
    return hmac.new(secret_key.encode(), bound.encode(), hashlib.sha256).hexdigest()


def find(
    session: Session, link: str, purpose: TokenPurpose, *, secret_key: str, now: datetime
) -> Token:
    """Return the token of a link that would still be accepted.

    Raises
    ------
    LinkRefused
        If it would not.
    """
    key, _, secret = link.partition(".")
    if not key.isprintable():
        raise LinkRefused
    token = session.scalars(
        sa.select(Token).where(Token.key == key, Token.purpose == purpose)
    ).one_or_none()
    if token is None or token.used_at is not None or token.expires_at <= now:
        raise LinkRefused
    if not hmac.compare_digest(secret_of(token, secret_key=secret_key).encode(), secret.encode()):
        raise LinkRefused
    return token


def consume(
    session: Session, link: str, purpose: TokenPurpose, *, secret_key: str, now: datetime
) -> Token:
    """Use a link up; call it inside a transaction.

    Raises
    ------
    LinkRefused
        If it is not accepted, or was used up at the same moment.
    """
    token = find(session, link, purpose, secret_key=secret_key, now=now)
    used = session.execute(
        sa.update(Token)
        .where(Token.id == token.id, Token.used_at.is_(None))
        .values(used_at=now)
        .returning(Token.id)
    )
    if used.scalar() is None:
        raise LinkRefused
    return token

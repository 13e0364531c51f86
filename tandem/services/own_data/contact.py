"""Correcting one's name and address; a new address counts once it has been confirmed."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction, violates
from tandem.models import Account, Mail, Programme, Token, TokenPurpose
from tandem.services import accounts, audit, tokens
from tandem.services.mails import queue_mail
from tandem.services.own_data.asked_for import whose
from tandem.services.own_data.proof import require_proof

_LIFE = timedelta(days=2)


def change_name(
    session: Session,
    *,
    first_name: str,
    last_name: str,
    actor: Account,
    programme: Programme,
    about: str = "",
) -> None:
    """Go by another name from now on; ``about`` is the key of whom a coordinator does it for.

    Raises
    ------
    NotFound, NotAllowed
        As :func:`~tandem.services.own_data.asked_for.whose` does.
    """
    with transaction(session):
        owner = whose(session, actor, programme, about=about)
        [account] = lock(session, Account, [owner.id])
        if (account.first_name, account.last_name) != (first_name, last_name):
            account.first_name, account.last_name = first_name, last_name
            audit.record(session, "change_name", account, actor=actor)


def ask_to_change_email(
    session: Session, email: str, password: str, *, actor: Account, programme: Programme
) -> None:
    """Send a link to a new address, which counts once the link was followed.

    Whoever has an account with that address already gets a mail that says so; ``actor`` cannot
    tell the difference (TRUST B2). The address that is to come stands only in the mail.

    Raises
    ------
    NotProven
        If ``actor`` neither knows the password nor has just followed a link from a mail.
    """
    require_proof(session, actor, password)
    with transaction(session):
        known = accounts.find_account(session, email)
        if known is not None and known.id != actor.id:
            day = now().date().isoformat()
            queue_mail(session, "already_registered", known, programme=programme, about=day)
        elif known is None:
            token = Token(
                account=actor,
                programme=programme,
                purpose=TokenPurpose.CONFIRM_EMAIL,
                expires_at=now() + _LIFE,
            )
            session.add(token)
            session.flush()
            queue_mail(
                session, "change_email", actor, programme=programme, about=token.key,
                token=token, address=email,
            )  # fmt: skip
        audit.record(session, "ask_to_change_email", actor, actor=actor)


def can_change_email(session: Session, link: str, *, actor: Account, secret_key: str) -> bool:
    """Whether the link would give ``actor`` another address now; uses nothing up."""
    try:
        found = tokens.find(
            session, link, TokenPurpose.CONFIRM_EMAIL, secret_key=secret_key, now=now()
        )
    except tokens.LinkRefused:
        return False
    return found.account_id == actor.id and _new_address(session, found) is not None


def change_email(
    session: Session, link: str, *, actor: Account, programme: Programme, secret_key: str
) -> None:
    """Go by the address that the link was sent to, and tell the old one.

    Raises
    ------
    tokens.LinkRefused
        If the link is not ours or somebody else's, was used, or has expired, or the address
        belongs to somebody else by now.
    """
    with transaction(session):
        token = tokens.consume(
            session, link, TokenPurpose.CONFIRM_EMAIL, secret_key=secret_key, now=now()
        )
        email = _new_address(session, token)
        if token.account_id != actor.id or email is None:
            raise tokens.LinkRefused
        [account] = lock(session, Account, [actor.id])
        before, account.email = account.email, email
        try:
            session.flush()
        except IntegrityError as error:
            if violates(error, "uq_accounts_email"):
                raise tokens.LinkRefused from error
            raise
        queue_mail(
            session, "email_changed", account, programme=programme, about=token.key, address=before
        )
        audit.record(session, "change_email", account, actor=account)


def _new_address(session: Session, token: Token) -> str | None:
    """Return where the mail with this link went; none: it confirms the address there is."""
    query = sa.select(Mail.to_address).where(Mail.token_id == token.id, Mail.kind == "change_email")
    return session.scalar(query)

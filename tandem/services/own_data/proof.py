"""Proof that whoever asks for something grave is the person: a password, or a fresh link."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.errors import NotAllowed
from tandem.models import Account, AuditEvent
from tandem.services import accounts

FRESH = timedelta(minutes=15)
"""For how long having signed in by a link from a mail is proof enough."""


class NotProven(NotAllowed):
    """The password is another one, and there was no link of late."""


def has_fresh_link(session: Session, account: Account) -> bool:
    """Whether the person signed in by a link a moment ago, so that they can read their mails."""
    query = sa.select(AuditEvent.id).where(
        AuditEvent.subject_kind == Account.__tablename__,
        AuditEvent.subject_id == account.id,
        AuditEvent.action == "sign_in_by_link",
        AuditEvent.created_at > now() - FRESH,
    )
    return session.scalar(sa.select(query.exists())) is True


def require_proof(session: Session, account: Account, password: str) -> None:
    """Refuse whoever neither knows the password nor has just followed a link from a mail.

    Raises
    ------
    NotProven
        If so.
    """
    if not has_fresh_link(session, account) and not accounts.knows_password(account, password):
        raise NotProven

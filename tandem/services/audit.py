"""The audit trail: one row for everything that changes something."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, AuditEvent, Base, Programme

Details: TypeAlias = Mapping[str, int | str]
"""Ids and codes, never names."""


def record(
    session: Session,
    action: str,
    subject: Base,
    *,
    actor: Account | None,
    details: Details | None = None,
) -> None:
    """Write down that ``actor`` did ``action`` to ``subject``; call it inside the transaction."""
    record_each(session, action, [(subject, details or {})], actor=actor)


def record_each(
    session: Session,
    action: str,
    subjects: Iterable[tuple[Base, Details]],
    *,
    actor: Account | None,
) -> None:
    """Write down that ``actor`` did ``action`` to each of many, as :func:`record` does to one."""
    session.flush()
    session.add_all(
        AuditEvent(
            programme_id=_programme_id(subject),
            account_id=actor.id if actor else None,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            details=dict(details),
        )
        for subject, details in subjects
    )


def _programme_id(subject: Base) -> int | None:
    own = subject.id if isinstance(subject, Programme) else None
    return getattr(subject, "programme_id", own)


def is_recorded(
    session: Session, action: str, subject: Base, *, since: datetime | None = None
) -> bool:
    """Whether ``action`` was done to ``subject`` before, at any time or from ``since`` on."""
    query = sa.select(AuditEvent.id).where(
        AuditEvent.subject_kind == subject.__tablename__,
        AuditEvent.subject_id == subject.id,
        AuditEvent.action == action,
        sa.true() if since is None else AuditEvent.created_at >= since,
    )
    return session.scalar(sa.select(query.exists())) is True

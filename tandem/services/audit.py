"""The audit trail: one row for everything that changes something."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, AuditEvent, Base, Programme


def record(
    session: Session,
    action: str,
    subject: Base,
    *,
    actor: Account | None,
    details: dict[str, int | str] | None = None,
) -> None:
    """Write down that ``actor`` did ``action`` to ``subject``; call it inside the transaction.

    Details are ids and codes, never names.
    """
    session.flush()
    programme_id = subject.id if isinstance(subject, Programme) else None
    session.add(
        AuditEvent(
            programme_id=getattr(subject, "programme_id", programme_id),
            account_id=actor.id if actor else None,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            details=details or {},
        )
    )


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

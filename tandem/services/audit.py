"""The audit trail: one row for everything that changes something."""

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

"""The audit trail: what happened, who did it, and when. It can only grow."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tandem.models.base import Base
from tandem.models.guards import frozen, keep, lasting


class AuditEvent(Base):
    """One thing that happened: ids and codes, never names."""

    __tablename__ = "audit_events"
    __table_args__ = (sa.Index("ix_audit_events_subject", "subject_kind", "subject_id"),)

    programme_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("programmes.id", ondelete="RESTRICT"), index=True
    )
    account_id: Mapped[int | None]
    """Who did it; none: the service itself. No foreign key: the row outlives the account."""
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


keep(AuditEvent.__table__, frozen("audit_events"), lasting("audit_events"))

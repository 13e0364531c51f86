"""Distinctions: two entries that look like one person and are two."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tandem.models.base import Base, InProgramme, same_programme


class Distinction(InProgramme, Base):
    """A coordinator looked at two entries and said that they are two people."""

    __tablename__ = "distinctions"
    __table_args__ = (
        same_programme("one_id", "memberships"),
        same_programme("other_id", "memberships"),
        sa.UniqueConstraint("one_id", "other_id"),
        sa.CheckConstraint("one_id < other_id", name="in_order"),
    )

    one_id: Mapped[int]
    """Membership of the one who was there first."""
    other_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))

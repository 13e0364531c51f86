"""Yearly reports: the figures of a year that is over, fixed when they are made."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Base, InProgramme
from tandem.models.guards import frozen, keep


class Report(InProgramme, Base):
    """The figures of one year by group, so that two reports never differ by one person."""

    __tablename__ = "reports"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "year"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2200", name="year_range"),
    )

    year: Mapped[int]
    figures: Mapped[dict[str, Any]]
    """Counts by group, small ones left out already."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))

    account: Mapped[Account] = relationship(viewonly=True)


keep(Report.__table__, frozen("reports"))

"""Merges: two entries that turned out to be one person."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tandem.models.base import Base, InProgramme, same_programme
from tandem.models.guards import frozen, keep


class Merge(InProgramme, Base):
    """Somebody stood twice in a programme: which entry stayed, which went, who decided so."""

    __tablename__ = "merges"
    __table_args__ = (
        same_programme("kept_mentor_id", "mentors"),
        same_programme("gone_mentor_id", "mentors"),
        same_programme("kept_mentee_id", "mentees"),
        same_programme("gone_mentee_id", "mentees"),
        sa.CheckConstraint(
            "(kept_mentor_id IS NULL) = (gone_mentor_id IS NULL)"
            " AND (kept_mentee_id IS NULL) = (gone_mentee_id IS NULL)"
            " AND (kept_mentor_id IS NULL) <> (kept_mentee_id IS NULL)",
            name="two_of_one_side",
        ),
        sa.UniqueConstraint("gone_mentor_id"),
        sa.UniqueConstraint("gone_mentee_id"),
    )

    kept_mentor_id: Mapped[int | None]
    gone_mentor_id: Mapped[int | None]
    kept_mentee_id: Mapped[int | None]
    gone_mentee_id: Mapped[int | None]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))


keep(Merge.__table__, frozen("merges"))

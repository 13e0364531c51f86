"""Who of the staff looked at whose profile, so that the person can see it."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Base, InProgramme, same_programme
from tandem.models.guards import frozen, keep


class Look(InProgramme, Base):
    """One member of staff saw what one mentor or mentee said about themselves."""

    __tablename__ = "looks"
    __table_args__ = (
        same_programme("mentor_id", "mentors"),
        same_programme("mentee_id", "mentees"),
        same_programme("proposal_id", "proposals"),
        sa.CheckConstraint("(mentor_id IS NULL) <> (mentee_id IS NULL)", name="one_person"),
        sa.Index("ix_looks_mentor_id", "mentor_id", "created_at"),
        sa.Index("ix_looks_mentee_id", "mentee_id", "created_at"),
        sa.Index("ix_looks_proposal_id", "proposal_id", "account_id"),
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))
    mentor_id: Mapped[int | None]
    mentee_id: Mapped[int | None]
    proposal_id: Mapped[int | None]
    """The proposal on whose page it was, if it was on one."""

    account: Mapped[Account] = relationship(viewonly=True)


keep(Look.__table__, frozen("looks"))

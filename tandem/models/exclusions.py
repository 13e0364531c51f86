"""Exclusions: a mentee who is not to be brought together with a mentor, or with a company."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import Addressed, Base, InProgramme, same_programme
from tandem.models.companies import Company
from tandem.models.people import Mentee, Mentor
from tandem.models.profiles import Side


class Exclusion(Addressed, InProgramme, Base):
    """One wish of either side, or what follows from a tandem; the rule ``conflict`` heeds it."""

    __tablename__ = "exclusions"
    __table_args__ = (
        same_programme("mentee_id", "mentees"),
        same_programme("mentor_id", "mentors"),
        same_programme("company_id", "companies"),
        sa.CheckConstraint("(mentor_id IS NULL) <> (company_id IS NULL)", name="one_other"),
        sa.UniqueConstraint("mentee_id", "mentor_id"),
        sa.UniqueConstraint("mentee_id", "company_id"),
    )

    mentee_id: Mapped[int]
    mentor_id: Mapped[int | None]
    company_id: Mapped[int | None]
    asked_by: Mapped[Side | None]
    """Whose wish it is; none: nobody's, their tandem has ended."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))

    mentee: Mapped[Mentee] = relationship(
        viewonly=True,
        primaryjoin="Exclusion.mentee_id == Mentee.id",
        foreign_keys="Exclusion.mentee_id",
    )
    mentor: Mapped[Mentor | None] = relationship(
        viewonly=True,
        primaryjoin="Exclusion.mentor_id == Mentor.id",
        foreign_keys="Exclusion.mentor_id",
    )
    company: Mapped[Company | None] = relationship(
        viewonly=True,
        primaryjoin="Exclusion.company_id == Company.id",
        foreign_keys="Exclusion.company_id",
    )

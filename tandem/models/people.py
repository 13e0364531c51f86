"""Mentors and mentees: what stays the same about them from one profile to the next."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Membership
from tandem.models.base import Addressed, Base, InProgramme, one_programme, same_programme
from tandem.models.companies import Company

MOST_PLACES = 20


class Mentor(Addressed, InProgramme, Base):
    """A person in a company who accompanies up to ``capacity`` mentees at a time."""

    __tablename__ = "mentors"
    __table_args__ = (
        same_programme("membership_id", "memberships"),
        same_programme("company_id", "companies"),
        sa.UniqueConstraint("membership_id"),
        one_programme(),
        sa.UniqueConstraint("programme_id", "id", "capacity"),
        sa.CheckConstraint(f"capacity BETWEEN 0 AND {MOST_PLACES}", name="capacity_range"),
    )

    membership_id: Mapped[int]
    company_id: Mapped[int] = mapped_column(index=True)
    capacity: Mapped[int] = mapped_column(default=1)
    """Places in force, from the profile that was approved last."""

    membership: Mapped[Membership] = relationship(viewonly=True)
    company: Mapped[Company] = relationship(viewonly=True)

    @property
    def name(self) -> str:
        """The whole name."""
        return self.membership.account.name

    @property
    def first_name(self) -> str:
        """What both sides call each other before they have said yes."""
        return self.membership.account.first_name


class Mentee(Addressed, InProgramme, Base):
    """A skilled migrant who looks for qualified work."""

    __tablename__ = "mentees"
    __table_args__ = (
        same_programme("membership_id", "memberships"),
        sa.UniqueConstraint("membership_id"),
        one_programme(),
    )

    membership_id: Mapped[int]

    membership: Mapped[Membership] = relationship(viewonly=True)

    @property
    def name(self) -> str:
        """The whole name."""
        return self.membership.account.name

    @property
    def first_name(self) -> str:
        """What both sides call each other before they have said yes."""
        return self.membership.account.first_name

"""Mentors and mentees: what stays the same about them from one profile to the next."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Membership
from tandem.models.base import Addressed, Base, InProgramme, one_programme, same_programme
from tandem.models.companies import Company

MOST_PLACES = 20


class Participant:
    """What holds for a mentor and a mentee alike."""

    objected_at: Mapped[datetime | None]
    """When the person objected to being matched: no round takes them in from then on."""
    erased_at: Mapped[datetime | None]
    """When everything that says who this is was removed."""
    informed_at: Mapped[datetime | None]
    """When a coordinator gave the privacy notice to somebody whom no mail can reach.

    Such a person takes part all the same: the coordinators ask them and write down what they say.
    """
    entered_by_id: Mapped[int | None]
    """Account of the coordinator who entered them at the desk or from a list; none: themselves."""


class Mentor(Addressed, InProgramme, Participant, Base):
    """A person in a company who accompanies up to ``capacity`` mentees at a time."""

    __tablename__ = "mentors"
    __table_args__ = (
        same_programme("membership_id", "memberships"),
        same_programme("company_id", "companies"),
        sa.UniqueConstraint("membership_id"),
        one_programme(),
        sa.UniqueConstraint("programme_id", "id", "capacity"),
        sa.Index(
            "uq_mentors_contact",
            "company_id",
            unique=True,
            sqlite_where=sa.text("is_contact"),
            postgresql_where=sa.text("is_contact"),
        ),
        sa.CheckConstraint(f"capacity BETWEEN 0 AND {MOST_PLACES}", name="capacity_range"),
    )

    membership_id: Mapped[int]
    company_id: Mapped[int] = mapped_column(index=True)
    capacity: Mapped[int] = mapped_column(default=1)
    """Places in force, from the profile that was approved last."""

    is_contact: Mapped[bool] = mapped_column(default=False)
    """Whether this is the one person who speaks for the company."""

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


class Mentee(Addressed, InProgramme, Participant, Base):
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

"""Short lists: a few mentors, without names, that a mentee may put in order before a round ends."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import Addressed, Base, InProgramme, one_programme, same_programme
from tandem.models.people import Mentee, Mentor
from tandem.models.profiles import Profile
from tandem.models.rounds import Round

MOST_CHOICES = 3


class Shortlist(Addressed, InProgramme, Base):
    """What one mentee was asked in one asking of a round; the round holds the deadline."""

    __tablename__ = "shortlists"
    __table_args__ = (
        same_programme("round_id", "rounds"),
        same_programme("snapshot_id", "snapshots"),
        same_programme("mentee_id", "mentees"),
        one_programme(),
        sa.UniqueConstraint("snapshot_id", "mentee_id"),
        sa.Index("ix_shortlists_mentee_id", "mentee_id"),
    )

    round_id: Mapped[int]
    snapshot_id: Mapped[int]
    mentee_id: Mapped[int]
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    round: Mapped[Round] = relationship(viewonly=True)
    mentee: Mapped[Mentee] = relationship(viewonly=True)
    choices: Mapped[list["Choice"]] = relationship(
        back_populates="shortlist", order_by="Choice.position", viewonly=True
    )


class Choice(InProgramme, Base):
    """One mentor on a short list, and where the mentee put them."""

    __tablename__ = "choices"
    __table_args__ = (
        same_programme("shortlist_id", "shortlists", ondelete="CASCADE"),
        same_programme("mentor_id", "mentors"),
        same_programme("mentor_profile_id", "profile_versions"),
        sa.UniqueConstraint("shortlist_id", "position"),
        sa.UniqueConstraint("shortlist_id", "mentor_id"),
        sa.UniqueConstraint("shortlist_id", "rank"),
        sa.CheckConstraint(f"position BETWEEN 1 AND {MOST_CHOICES}", name="position_range"),
        sa.CheckConstraint(f"rank BETWEEN 1 AND {MOST_CHOICES}", name="rank_range"),
    )

    shortlist_id: Mapped[int]
    position: Mapped[int]
    """Where it stands on the page; says nothing about how well the two fit."""
    mentor_id: Mapped[int]
    mentor_profile_id: Mapped[int]
    rank: Mapped[int | None]
    """1 is the first choice; none where the mentee did not rank this one."""

    shortlist: Mapped[Shortlist] = relationship(viewonly=True, back_populates="choices")
    mentor: Mapped[Mentor] = relationship(
        viewonly=True, primaryjoin="Choice.mentor_id == Mentor.id", foreign_keys="Choice.mentor_id"
    )
    mentor_profile: Mapped[Profile] = relationship(
        viewonly=True,
        primaryjoin="Choice.mentor_profile_id == Profile.id",
        foreign_keys="Choice.mentor_profile_id",
    )

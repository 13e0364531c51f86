"""Profiles: what mentors and mentees say about themselves, version by version."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import (
    Addressed,
    Base,
    InProgramme,
    bounded,
    one_programme,
    same_programme,
)
from tandem.models.guards import keep, life
from tandem.models.people import Mentee, Mentor


class ProfileState(Enum):
    """The life of one version of a profile."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINED = "declined"
    APPROVED = "approved"
    PAUSED = "paused"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


PROFILE_MOVES = {
    ProfileState.DRAFT: {ProfileState.SUBMITTED, ProfileState.WITHDRAWN},
    ProfileState.SUBMITTED: {
        ProfileState.APPROVED,
        ProfileState.RETURNED,
        ProfileState.DECLINED,
        ProfileState.WITHDRAWN,
    },
    ProfileState.RETURNED: {ProfileState.SUBMITTED, ProfileState.WITHDRAWN},
    ProfileState.DECLINED: set[ProfileState](),
    ProfileState.APPROVED: {
        ProfileState.PAUSED,
        ProfileState.REPLACED,
        ProfileState.WITHDRAWN,
    },
    ProfileState.PAUSED: {
        ProfileState.APPROVED,
        ProfileState.REPLACED,
        ProfileState.WITHDRAWN,
    },
    ProfileState.REPLACED: set[ProfileState](),
    ProfileState.WITHDRAWN: set[ProfileState](),
}
OPEN = (ProfileState.DRAFT, ProfileState.SUBMITTED, ProfileState.RETURNED)
"""A version that is still being written or looked at; a person has at most one."""
IN_FORCE = (ProfileState.APPROVED, ProfileState.PAUSED)
"""The version that counts; a person has at most one."""


class Side(Enum):
    """Which side of a tandem a profile describes."""

    MENTOR = "mentor"
    MENTEE = "mentee"


def _only_one(column: str, states: tuple[ProfileState, ...], name: str) -> sa.Index:
    listed = ", ".join(f"'{state.value}'" for state in states)
    where = sa.text(f"state IN ({listed})")
    return sa.Index(name, column, unique=True, sqlite_where=where, postgresql_where=where)


class Profile(Addressed, InProgramme, Base):
    """One version of what a mentor or a mentee says about themselves.

    Codes are those of MATCHING: WZ 2025 divisions, ISCO-08, ISCED-F 2013, EQF levels. What
    only one side is asked stays empty on the other.
    """

    __tablename__ = "profile_versions"
    __table_args__ = (
        same_programme("mentor_id", "mentors"),
        same_programme("mentee_id", "mentees"),
        one_programme(),
        sa.UniqueConstraint("mentor_id", "number"),
        sa.UniqueConstraint("mentee_id", "number"),
        sa.CheckConstraint(
            "(side = 'mentor') = (mentor_id IS NOT NULL)"
            " AND (side = 'mentee') = (mentee_id IS NOT NULL)",
            name="one_person",
        ),
        _only_one("mentor_id", OPEN, "ix_profile_versions_open_mentor"),
        _only_one("mentee_id", OPEN, "ix_profile_versions_open_mentee"),
        _only_one("mentor_id", IN_FORCE, "ix_profile_versions_in_force_mentor"),
        _only_one("mentee_id", IN_FORCE, "ix_profile_versions_in_force_mentee"),
        sa.Index("ix_profile_versions_programme_id_state", "programme_id", "state", "side"),
        sa.CheckConstraint("level BETWEEN 1 AND 8", name="level_range"),
        sa.CheckConstraint("reach_km BETWEEN 0 AND 1000", name="reach_range"),
        bounded("job_title", 120),
        bounded("about", 600),
        bounded("decision_reason", 500),
        bounded("occupation_words", 120),
        bounded("past_occupation_words", 120),
        bounded("qualification_name", 160),
        bounded("avoid_words", 300),
        sa.CheckConstraint("experience_years BETWEEN 0 AND 60", name="experience_range"),
    )

    side: Mapped[Side]
    mentor_id: Mapped[int | None]
    mentee_id: Mapped[int | None]
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[ProfileState] = mapped_column(default=ProfileState.DRAFT)
    submitted_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(sa.String(500), default="")
    """Why a coordinator asked back or said no."""

    job_title: Mapped[str] = mapped_column(sa.String(120), default="")
    about: Mapped[str] = mapped_column(sa.String(600), default="")
    """A mentee's goal; what a mentor would like to pass on."""
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    occupation: Mapped[str | None] = mapped_column(sa.String(4))
    """What a mentor works as; what a mentee aims for."""
    past_occupation: Mapped[str | None] = mapped_column(sa.String(4))
    occupation_words: Mapped[str] = mapped_column(sa.String(120), default="")
    """The work in the person's own words, from which the code was found."""
    past_occupation_words: Mapped[str] = mapped_column(sa.String(120), default="")
    experience_years: Mapped[int | None]
    """Years in the past occupation."""
    level: Mapped[int | None]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    qualification_name: Mapped[str] = mapped_column(sa.String(160), default="")
    """What the qualification is called where it was earned."""
    qualification_country: Mapped[str | None] = mapped_column(sa.String(2))
    """Where it was earned: helps to find the way to recognition, is never scored or shown on."""
    recognition: Mapped[str | None] = mapped_column(sa.String(20))
    recognition_paths: Mapped[list[Any]] = mapped_column(default=list)
    postal_code: Mapped[str | None] = mapped_column(sa.String(5))
    reach_km: Mapped[int | None]
    modes: Mapped[list[Any]] = mapped_column(default=list)
    travel: Mapped[list[Any]] = mapped_column(default=list)
    """How the person gets about: ``car``, ``bus``, ``bicycle``."""
    slots: Mapped[list[Any]] = mapped_column(default=list)
    """When the person has time in a week: ``mo-am`` to ``su-eve``."""
    topics: Mapped[list[Any]] = mapped_column(default=list)
    """What a mentee needs; what a mentor offers."""
    prefer: Mapped[list[Any]] = mapped_column(default=list)
    """Fields and needs that a mentor wishes for: ``occupation:22``, ``need:network``."""
    capacity: Mapped[int | None]
    gender: Mapped[str | None] = mapped_column(sa.String(1))
    same_gender: Mapped[bool] = mapped_column(default=False)
    avoid_words: Mapped[str] = mapped_column(sa.String(300), default="")
    """Whom the person does not want to meet, in their words; only staff read it."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    mentor: Mapped[Mentor | None] = relationship(viewonly=True)
    mentee: Mapped[Mentee | None] = relationship(viewonly=True)
    language_skills: Mapped[list["LanguageSkill"]] = relationship(
        cascade="all, delete-orphan",
        order_by="LanguageSkill.id",
        primaryjoin="Profile.id == LanguageSkill.profile_id",
        foreign_keys="LanguageSkill.profile_id",
    )

    @property
    def person(self) -> Mentor | Mentee:
        """Whom this profile describes."""
        person = self.mentor or self.mentee
        assert person is not None  # noqa: S101 - the check one_person says so
        return person

    @property
    def languages(self) -> dict[str, str]:
        """Languages and their CEFR levels."""
        return {skill.language: skill.level for skill in self.language_skills}


class LanguageSkill(InProgramme, Base):
    """How well the person of a profile speaks one language."""

    __tablename__ = "language_skills"
    __table_args__ = (
        same_programme("profile_id", "profile_versions", ondelete="CASCADE"),
        sa.UniqueConstraint("profile_id", "language"),
        sa.CheckConstraint("level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')", name="cefr"),
    )

    profile_id: Mapped[int]
    language: Mapped[str] = mapped_column(sa.String(8))
    level: Mapped[str] = mapped_column(sa.String(2))


keep(
    Profile.__table__,
    *life(
        Profile.__tablename__,
        PROFILE_MOVES,
        first={ProfileState.DRAFT, ProfileState.SUBMITTED},
    ),
)

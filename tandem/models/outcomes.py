"""Outcomes: what became of a mentee at the end of a tandem and 3, 6 and 12 months later."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import Addressed, Base, InProgramme, same_programme
from tandem.models.tandems import Tandem

MONTHS = (0, 3, 6, 12)
"""How long after the end of a tandem is asked."""


class OutcomeKind(Enum):
    """What a mentee does now."""

    WORK = "work"
    SELF_EMPLOYED = "self_employed"
    TRAINING = "training"
    STUDY = "study"
    RECOGNITION = "recognition"
    SEARCHING = "searching"
    OTHER = "other"


class Source(Enum):
    """Who told."""

    MENTEE = "mentee"
    COORDINATOR = "coordinator"


class Outcome(Addressed, InProgramme, Base):
    """The answer to one question at one time; open until somebody answers it."""

    __tablename__ = "outcomes"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        sa.UniqueConstraint("tandem_id", "months"),
        sa.CheckConstraint("months IN (0, 3, 6, 12)", name="months_known"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (kind IS NULL) AND (kind IS NULL) = (source IS NULL)",
            name="was_answered",
        ),
        sa.CheckConstraint(
            "kind IN ('work', 'self_employed') OR (in_field IS NULL AND at_level IS NULL)",
            name="field_and_level_of_work",
        ),
        sa.Index("ix_outcomes_programme_id_due_on", "programme_id", "due_on"),
    )

    tandem_id: Mapped[int]
    months: Mapped[int]
    due_on: Mapped[date]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    kind: Mapped[OutcomeKind | None]
    in_field: Mapped[bool | None]
    """Whether the work is in the field of the mentee's qualification."""
    at_level: Mapped[bool | None]
    """Whether the work is at the level of the mentee's qualification."""
    source: Mapped[Source | None]
    entered_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="RESTRICT")
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    tandem: Mapped[Tandem] = relationship(viewonly=True)

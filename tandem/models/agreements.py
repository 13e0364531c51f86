"""Agreements: what a tandem wants to reach, how often it meets, for how long."""

from datetime import date, datetime
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
from tandem.models.guards import Guard, keep, life
from tandem.models.profiles import Side
from tandem.models.tandems import Tandem


class AgreementState(Enum):
    """The life of one wording of an agreement."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DROPPED = "dropped"


AGREEMENT_MOVES = {
    AgreementState.PROPOSED: {AgreementState.IN_FORCE, AgreementState.DROPPED},
    AgreementState.IN_FORCE: {AgreementState.REPLACED},
    AgreementState.REPLACED: set[AgreementState](),
    AgreementState.DROPPED: set[AgreementState](),
}


def _only_one(state: AgreementState) -> sa.Index:
    alone = sa.text(f"state = '{state.value}'")
    return sa.Index(
        f"uq_agreements_{state.value}",
        "tandem_id",
        unique=True,
        sqlite_where=alone,
        postgresql_where=alone,
    )


class Agreement(Addressed, InProgramme, Base):
    """One wording; what both have agreed to is never changed, but replaced by the next one."""

    __tablename__ = "agreements"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        one_programme(),
        sa.UniqueConstraint("tandem_id", "number"),
        _only_one(AgreementState.PROPOSED),
        _only_one(AgreementState.IN_FORCE),
        sa.CheckConstraint("number >= 1", name="number_range"),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks_range"),
        sa.CheckConstraint("ends_on > begins_on", name="ends_after_it_begins"),
        sa.CheckConstraint(
            "state NOT IN ('in_force', 'replaced')"
            " OR (mentor_yes_at IS NOT NULL AND mentee_yes_at IS NOT NULL)",
            name="both_agreed",
        ),
        bounded("contact", 300),
        bounded("confidentiality", 500),
    )

    tandem_id: Mapped[int]
    number: Mapped[int]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.PROPOSED)
    proposed_by: Mapped[Side]
    """Who wrote this wording; the other side agrees to it or writes the next one."""
    every_weeks: Mapped[int]
    """The rhythm: a meeting every so many weeks."""
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    ways: Mapped[list[Any]] = mapped_column(default=list)
    """How the two meet: values of :class:`~tandem.models.meetings.Way`."""
    contact: Mapped[str] = mapped_column(sa.String(300), default="")
    """How the two reach each other between meetings."""
    confidentiality: Mapped[str] = mapped_column(sa.String(500), default="")
    """What stays between the two, beyond what every agreement says."""
    mentor_yes_at: Mapped[datetime | None]
    mentee_yes_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    goals: Mapped[list["Goal"]] = relationship(
        order_by="Goal.position", cascade="all, delete-orphan", passive_deletes=True
    )
    tandem: Mapped[Tandem] = relationship(viewonly=True)


class Goal(Addressed, Base):
    """Something a tandem wants to reach: one of the topics, or in their own words."""

    __tablename__ = "goals"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "position"),
        sa.CheckConstraint("(topic IS NULL) <> (text = '')", name="topic_or_words"),
        bounded("text", 200),
    )

    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreements.id", ondelete="CASCADE"))
    position: Mapped[int]
    topic: Mapped[str | None] = mapped_column(sa.String(40))
    """A code of what mentors offer; none: ``text`` says it."""
    text: Mapped[str] = mapped_column(sa.String(200), default="")
    reached_on: Mapped[date | None]


keep(
    Agreement.__table__,
    *life("agreements", AGREEMENT_MOVES, first={AgreementState.PROPOSED}),
    Guard(
        "ck_agreements_frozen",
        "agreements",
        "UPDATE OF every_weeks, begins_on, ends_on, ways, contact, confidentiality, proposed_by",
        "OLD.state <> 'proposed'",
    ),
)

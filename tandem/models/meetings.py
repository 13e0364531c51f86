"""Meetings of a tandem, planned and held, and calendars that show them elsewhere."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Membership
from tandem.models.base import (
    Addressed,
    Base,
    InProgramme,
    bounded,
    new_key,
    one_of,
    same_programme,
)
from tandem.models.guards import keep, life
from tandem.models.profiles import Side
from tandem.models.tandems import Tandem


class Way(Enum):
    """How two people meet."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class Mood(Enum):
    """How a meeting was, as one side felt it."""

    GOOD = "good"
    FAIR = "fair"
    HARD = "hard"


class MeetingState(Enum):
    """The life of a meeting."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


MEETING_MOVES = {
    MeetingState.PROPOSED: {
        MeetingState.ACCEPTED,
        MeetingState.HELD,
        MeetingState.MISSED,
        MeetingState.CANCELLED,
    },
    MeetingState.ACCEPTED: {
        MeetingState.PROPOSED,
        MeetingState.HELD,
        MeetingState.MISSED,
        MeetingState.CANCELLED,
    },
    MeetingState.HELD: {MeetingState.MISSED, MeetingState.CANCELLED},
    MeetingState.MISSED: {MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.CANCELLED: set[MeetingState](),
}


class Meeting(Addressed, InProgramme, Base):
    """One meeting: proposed by a side and accepted by the other, or only written down after."""

    __tablename__ = "meetings"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes_range"),
        sa.CheckConstraint(
            "state NOT IN ('held', 'missed') OR logged_at IS NOT NULL", name="was_logged"
        ),
        sa.Index("ix_meetings_tandem_id_starts_at", "tandem_id", "starts_at"),
        bounded("place", 200),
        bounded("topic", 200),
        bounded("mentor_remark", 300),
        bounded("mentee_remark", 300),
    )

    tandem_id: Mapped[int]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PROPOSED)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    way: Mapped[Way]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    """Where, or the address of a video call."""
    topic: Mapped[str] = mapped_column(sa.String(200), default="")
    proposed_by: Mapped[Side | None] = mapped_column(one_of(Side, "proposed_by"))
    """Who asked for it, or moved it last; none: it was written down only after."""
    sequence: Mapped[int] = mapped_column(default=0)
    """How often the calendar entry changed (RFC 5545, SEQUENCE)."""
    logged_at: Mapped[datetime | None]
    logged_by: Mapped[Side | None] = mapped_column(one_of(Side, "logged_by"))
    """Who wrote down what became of it; none: a coordinator, or nobody yet."""
    mentor_mood: Mapped[Mood | None] = mapped_column(one_of(Mood, "mentor_mood"))
    mentee_mood: Mapped[Mood | None] = mapped_column(one_of(Mood, "mentee_mood"))
    mentor_remark: Mapped[str] = mapped_column(sa.String(300), default="")
    """What the mentor wrote for the coordination alone."""
    mentee_remark: Mapped[str] = mapped_column(sa.String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    tandem: Mapped[Tandem] = relationship(viewonly=True)


class Calendar(Addressed, InProgramme, Base):
    """A secret address under which a person's own calendar reads their meetings."""

    __tablename__ = "calendars"
    __table_args__ = (
        same_programme("membership_id", "memberships"),
        sa.UniqueConstraint("membership_id"),
    )

    membership_id: Mapped[int]
    nonce: Mapped[str] = mapped_column(sa.String(24), default=new_key)
    """What the secret is derived from; a new one makes the old address useless."""
    read_at: Mapped[datetime | None]
    """When a calendar asked last."""

    membership: Mapped[Membership] = relationship(viewonly=True)


keep(
    Meeting.__table__,
    *life(
        "meetings",
        MEETING_MOVES,
        first={MeetingState.PROPOSED, MeetingState.HELD, MeetingState.MISSED},
    ),
)

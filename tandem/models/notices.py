"""Notices for coordinators, gathered into one mail a day instead of a flood."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Membership
from tandem.models.base import Base, InProgramme, one_programme, same_programme
from tandem.models.tandems import Tandem
from tandem.work import Claimable


class Rhythm(Enum):
    """How often somebody wants to be told."""

    DAILY = "daily"
    AT_ONCE = "at_once"
    NEVER = "never"


class Digest(InProgramme, Claimable, Base):
    """One coordinator's wish, and when their next mail is due."""

    __tablename__ = "digests"
    __table_args__ = (
        same_programme("membership_id", "memberships", ondelete="CASCADE"),
        sa.UniqueConstraint("membership_id"),
        one_programme(),
        sa.Index("ix_digests_due_at", "due_at"),
    )

    membership_id: Mapped[int]
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.DAILY)

    membership: Mapped[Membership] = relationship(viewonly=True)


class Notice(InProgramme, Base):
    """Something that happened in a tandem and that one coordinator has yet to be told."""

    __tablename__ = "notices"
    __table_args__ = (
        same_programme("digest_id", "digests", ondelete="CASCADE"),
        same_programme("tandem_id", "tandems"),
        sa.Index("ix_notices_digest_id", "digest_id"),
    )

    digest_id: Mapped[int]
    tandem_id: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    told_at: Mapped[datetime | None]

    digest: Mapped[Digest] = relationship(viewonly=True)
    tandem: Mapped[Tandem] = relationship(viewonly=True)

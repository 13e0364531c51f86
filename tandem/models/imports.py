"""Imports: lists that a coordinator brings along, read, asked about, then taken."""

from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Addressed, Base, InProgramme, bounded, one_programme
from tandem.models.guards import keep, life
from tandem.work import Claimable


class ImportKind(Enum):
    """Whom a list names."""

    MENTEES = "mentees"
    COMPANIES = "companies"


class ImportState(Enum):
    """The life of an import."""

    QUEUED = "queued"
    READING = "reading"
    ASKING = "asking"
    TAKING = "taking"
    TAKEN = "taken"
    DROPPED = "dropped"
    FAILED = "failed"


IMPORT_MOVES = {
    ImportState.QUEUED: {ImportState.READING, ImportState.DROPPED},
    ImportState.READING: {ImportState.ASKING, ImportState.FAILED, ImportState.DROPPED},
    ImportState.ASKING: {ImportState.READING, ImportState.TAKING, ImportState.DROPPED},
    ImportState.TAKING: {ImportState.TAKEN, ImportState.ASKING, ImportState.FAILED},
    ImportState.TAKEN: set[ImportState](),
    ImportState.DROPPED: set[ImportState](),
    ImportState.FAILED: {ImportState.DROPPED},
}


class Import(Addressed, InProgramme, Claimable, Base):
    """One file: what stood in it, what was understood, what was answered."""

    __tablename__ = "imports"
    __table_args__ = (
        one_programme(),
        bounded("file_name", 200, shortest=1),
        sa.CheckConstraint("done >= 0 AND done <= total", name="progress_range"),
        sa.Index("ix_imports_due_at", "due_at"),
        sa.Index("ix_imports_programme_id_state", "programme_id", "state"),
    )

    kind: Mapped[ImportKind]
    state: Mapped[ImportState] = mapped_column(default=ImportState.QUEUED)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    file: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    """The file itself until it was taken or dropped."""
    columns: Mapped[dict[str, Any] | None]
    """Which column means what, once guessed, and as the coordinator corrected it."""
    answers: Mapped[dict[str, Any] | None]
    """What the coordinator answered to the questions of this file."""
    understood: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """What was read, row by row; gone once it was taken or dropped."""
    problems: Mapped[list[Any]] = mapped_column(default=list)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    account: Mapped[Account] = relationship(viewonly=True)


class Reading(InProgramme, Base):
    """How a programme reads one word of a list: an answer that later files need not ask again."""

    __tablename__ = "readings"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "field", "text"),
        bounded("text", 200, shortest=1),
    )

    field: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.String(200))
    """What stood there, normalised."""
    value: Mapped[dict[str, Any]]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))


keep(Import.__table__, *life("imports", IMPORT_MOVES, first={ImportState.QUEUED}))

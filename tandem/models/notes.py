"""Notes of the staff about a person, a company or a tandem; nobody else reads them."""

from datetime import date
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Addressed, Base, InProgramme, bounded, same_programme


class NoteKind(Enum):
    """What a note is about."""

    NOTE = "note"
    TALK = "talk"
    IMPORT = "import"
    SUPPORT = "support"
    """What was done for a tandem: a call, a mail, a visit."""


class Note(Addressed, InProgramme, Base):
    """Something a coordinator wrote down: a talk, a remark, what a list said and no field holds."""

    __tablename__ = "notes"
    __table_args__ = (
        same_programme("mentor_id", "mentors"),
        same_programme("mentee_id", "mentees"),
        same_programme("company_id", "companies"),
        same_programme("tandem_id", "tandems"),
        sa.CheckConstraint(
            "(CASE WHEN mentor_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN mentee_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN tandem_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        sa.CheckConstraint("kind <> 'talk' OR talked_on IS NOT NULL", name="talk_has_day"),
        bounded("text", 4000, shortest=1),
        sa.Index("ix_notes_mentor_id", "mentor_id"),
        sa.Index("ix_notes_mentee_id", "mentee_id"),
        sa.Index("ix_notes_company_id", "company_id"),
        sa.Index("ix_notes_tandem_id", "tandem_id"),
    )

    mentor_id: Mapped[int | None]
    mentee_id: Mapped[int | None]
    company_id: Mapped[int | None]
    tandem_id: Mapped[int | None]
    kind: Mapped[NoteKind] = mapped_column(default=NoteKind.NOTE)
    text: Mapped[str] = mapped_column(sa.Text)
    talked_on: Mapped[date | None]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))

    account: Mapped[Account] = relationship(viewonly=True)

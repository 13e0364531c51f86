"""To-dos of the coordinators: what to do, by when, and about which tandem."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Addressed, Base, InProgramme, bounded, same_programme
from tandem.models.tandems import Tandem


class Todo(Addressed, InProgramme, Base):
    """Something that a coordinator has promised to do."""

    __tablename__ = "todos"
    __table_args__ = (
        same_programme("tandem_id", "tandems"),
        bounded("text", 300, shortest=1),
        sa.Index("ix_todos_programme_id_due_on", "programme_id", "due_on"),
        sa.Index("ix_todos_tandem_id", "tandem_id"),
    )

    tandem_id: Mapped[int | None]
    text: Mapped[str] = mapped_column(sa.String(300))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="RESTRICT"))
    """Who wrote it down."""

    account: Mapped[Account] = relationship(viewonly=True)
    tandem: Mapped[Tandem | None] = relationship(viewonly=True)

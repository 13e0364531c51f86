"""The outbox: mails that wait to leave, and what became of them."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Token
from tandem.models.base import Addressed, Base
from tandem.models.guards import Guard, frozen, keep, life
from tandem.work import Claimable


class MailState(Enum):
    """The life of a mail."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


MAIL_MOVES = {
    MailState.QUEUED: {MailState.SENT, MailState.FAILED},
    MailState.SENT: set[MailState](),
    MailState.FAILED: set[MailState](),
}


class Mail(Addressed, Claimable, Base):
    """One mail to one person, written in the transaction that is the reason for it."""

    __tablename__ = "mails"
    __table_args__ = (
        sa.UniqueConstraint("dedup_key"),
        sa.UniqueConstraint("message_id"),
        sa.Index("ix_mails_due_at", "due_at"),
    )

    programme_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("programmes.id", ondelete="RESTRICT")
    )
    kind: Mapped[str] = mapped_column(sa.String(40))
    dedup_key: Mapped[str] = mapped_column(sa.String(120))
    """The same for mails that must not be sent twice."""
    message_id: Mapped[str] = mapped_column(sa.String(200))
    to_address: Mapped[str] = mapped_column(sa.String(254))
    locale: Mapped[str] = mapped_column(sa.String(10))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    calendar: Mapped[str] = mapped_column(sa.Text, default="")
    """An entry for the reader's calendar (RFC 5546) that goes with it, or nothing."""
    token_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tokens.id", ondelete="SET NULL"))
    """Whose secret part is put into the body when it leaves, and is kept nowhere."""
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(sa.String(300), default="")

    token: Mapped[Token | None] = relationship()


keep(
    Mail.__table__,
    *life("mails", MAIL_MOVES, first={MailState.QUEUED}),
    frozen("mails", "message_id", "to_address", "subject"),
    Guard(
        "ck_mails_body_frozen",
        "mails",
        "UPDATE OF text, html, calendar",
        "OLD.state = 'queued' OR NEW.text <> '' OR NEW.html <> '' OR NEW.calendar <> ''",
    ),
)

"""Accounts of people who sign in, what they are in which programme, and their sessions."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.base import Addressed, Base, InProgramme, bounded, one_programme
from tandem.models.programmes import Programme


class Role(Enum):
    """What a person is in a programme."""

    COORDINATOR = "coordinator"
    MENTOR = "mentor"
    MENTEE = "mentee"


class Account(Addressed, Base):
    """A person with a sign-in, whatever programmes they take part in."""

    __tablename__ = "accounts"
    __table_args__ = (
        sa.UniqueConstraint("email"),
        bounded("email", 254, shortest=3),
        bounded("first_name", 80, shortest=1),
        bounded("last_name", 80, shortest=1),
    )

    email: Mapped[str] = mapped_column(sa.String(254))
    """Normalised, in lower case: one person, one account."""
    first_name: Mapped[str] = mapped_column(sa.String(80))
    last_name: Mapped[str] = mapped_column(sa.String(80))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    locale: Mapped[str] = mapped_column(sa.String(10))
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    """When the person signed in last."""
    warned_at: Mapped[datetime | None]
    """When the person was told last that an unused account is deleted."""
    warnings: Mapped[int] = mapped_column(default=0)
    """How often they were told since they signed in last."""

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", order_by="Membership.id"
    )

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def has_email(self) -> bool:
        """Whether mails can reach this person; whoever was entered without an address has none."""
        return not self.email.endswith(".invalid")

    @property
    def can_sign_in(self) -> bool:
        """Whether the address is confirmed and the account in use."""
        return self.confirmed_at is not None and self.disabled_at is None


class Membership(InProgramme, Base):
    """One role of one person in one programme."""

    __tablename__ = "memberships"
    __table_args__ = (sa.UniqueConstraint("programme_id", "account_id", "role"), one_programme())

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[Role]
    quiet_at: Mapped[datetime | None]
    """When the person asked for no more mails than are needed: no reminders."""

    account: Mapped[Account] = relationship(back_populates="memberships")
    programme: Mapped[Programme] = relationship()


class SignIn(Base):
    """A session: one browser in which somebody has signed in."""

    __tablename__ = "sessions"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    token_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the token in the cookie; the token itself is kept nowhere."""
    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    seen_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class TokenPurpose(Enum):
    """What a link in a mail is for."""

    CONFIRM_EMAIL = "confirm_email"
    WELCOME = "welcome"
    """Take over an account that somebody else entered: choose a password."""
    SIGN_IN = "sign_in"
    """Sign in once without a password, to go on with what was begun."""
    OUTCOME = "outcome"
    """Answer the one question of what became of a mentee."""


class Token(Addressed, Base):
    """The right to do one thing once, sent by mail; its secret part is derived, not kept."""

    __tablename__ = "tokens"

    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programmes.id", ondelete="CASCADE"))
    purpose: Mapped[TokenPurpose]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
    programme: Mapped[Programme] = relationship()

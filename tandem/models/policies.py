"""Policies: the weights, rules and aim that people set for a programme's rounds."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tandem.models.accounts import Account
from tandem.models.base import Base, InProgramme, one_programme
from tandem.models.guards import frozen, keep, lasting


class PolicyVersion(InProgramme, Base):
    """One version of a programme's policy; it never changes once it is written."""

    __tablename__ = "policy_versions"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"), one_programme())

    number: Mapped[int]
    content: Mapped[str] = mapped_column(sa.Text)
    """The policy as TOML, as ``tandem match --policy`` reads it."""
    is_trial: Mapped[bool] = mapped_column(default=False)
    """Whether it was only tried in a round; the policy in force is the last that was not."""
    account_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="RESTRICT")
    )
    """Who wrote it; none: the default that came with the programme."""

    account: Mapped[Account | None] = relationship()


keep(PolicyVersion.__table__, frozen("policy_versions"), lasting("policy_versions"))

"""Claims of work that survive a crash.

Work is a row that is due. A worker claims it for the length of a lease and gets a fencing
number; whoever comes after the lease ran out gets a higher one. Results are written only
by the holder of the number in force, in the transaction that also ends the claim, so
every piece of work may be started twice and is finished once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from tandem.db import UtcDateTime, lock, transaction

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=6)
_MOST_DOUBLINGS = 20


class Claimable:
    """The columns of a row that is work: when it is due, and who holds it."""

    id: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When there is something to do; none: nothing."""
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)

    def put_off(self, now: datetime, *, longest: timedelta = _LONGEST_WAIT) -> None:
        """Give the work back after a failure, to be tried again later and later."""
        wait = _FIRST_WAIT * 2 ** min(self.attempts, _MOST_DOUBLINGS)
        self.due_at = now + min(wait, longest)
        self.leased_until = None

    def schedule(self, due_at: datetime | None) -> None:
        """Say when there is something to do next, and that nothing was tried yet."""
        self.due_at = due_at
        self.leased_until = None
        self.attempts = 0


Work = TypeVar("Work", bound=Claimable)


class LostClaim(Exception):
    """The lease ran out and someone else took over: what was computed must be dropped."""


@dataclass(frozen=True)
class Claim(Generic[Work]):
    """The right to finish one piece of work."""

    model: type[Work]
    id: int
    fence: int


def claim(
    session: Session,
    model: type[Work],
    *,
    now: datetime,
    lease: timedelta,
    only: sa.ColumnElement[bool] | None = None,
) -> Claim[Work] | None:
    """Take the row that has been due longest, if there is one that nobody holds.

    ``only`` says which rows are meant, where not all are.
    """
    free = sa.or_(model.leased_until.is_(None), model.leased_until <= now)
    query = (
        sa.select(model)
        .where(model.due_at <= now, free, sa.true() if only is None else only)
        .order_by(model.due_at, model.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if session.scalar(sa.select(query.exists())) is not True:
        return None
    with transaction(session):
        row = session.scalar(query)
        if row is None:
            return None
        row.leased_until = now + lease
        row.fence += 1
        row.attempts += 1
        return Claim(model, row.id, row.fence)


def renew(session: Session, claim: Claim[Work], *, now: datetime, lease: timedelta) -> None:
    """Hold the work for another lease.

    Raises
    ------
    LostClaim
        If someone else holds it by now.
    """
    with transaction(session):
        held(session, claim).leased_until = now + lease


def is_held(session: Session, claim: Claim[Work]) -> bool:
    """Whether the claim is still in force: a quick look that holds nobody up."""
    model = claim.model
    query = sa.select(model.id).where(
        model.id == claim.id, model.fence == claim.fence, model.leased_until.is_not(None)
    )
    found = session.scalar(query) is not None
    session.rollback()
    return found


def held(session: Session, claim: Claim[Work]) -> Work:
    """Return the claimed row, locked; call it inside the transaction that finishes the work.

    Raises
    ------
    LostClaim
        If someone else holds it by now, or the work was called off.
    """
    rows = lock(session, claim.model, [claim.id])  # type: ignore[type-var]  # models mix both in
    if not rows or rows[0].fence != claim.fence or rows[0].leased_until is None:
        raise LostClaim
    return rows[0]

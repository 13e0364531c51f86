"""Claims of work that survive a crash.

Work is a row that is due. A worker claims it for the length of a lease and gets a fencing
number; whoever comes after the lease ran out gets a higher one. Results are written only
by the holder of the number in force, in the transaction that also ends the claim, so
every piece of work may be started twice and is finished once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from tandem.db import UtcDateTime, lock, transaction

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=6)
_MOST_DOUBLINGS = 20
_LONGEST_HOLD = 2**10


class Claimable:
    """The columns of a row that is work: when it is due, and who holds it."""

    id: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When there is something to do; none: nothing."""
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)

    def put_off(self, now: datetime, *, longest: timedelta | None = None) -> None:
        """Give the work back after a failure, to be tried again later and later."""
        wait = _FIRST_WAIT * 2 ** min(self.attempts, _MOST_DOUBLINGS)
        self.due_at = now + min(wait, longest or _LONGEST_WAIT)
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
    query = _due(model, now).where(sa.true() if only is None else only).limit(1)
    if session.scalar(sa.select(query.exists())) is not True:
        return None
    with transaction(session):
        row = session.scalar(query)
        return None if row is None else _take(row, until=now + lease)


def claim_some(
    session: Session,
    model: type[Work],
    *,
    now: datetime,
    lease: timedelta,
    most: int,
    alike: InstrumentedAttribute[int],
) -> Sequence[Claim[Work]]:
    """Take the row that has been due longest, and others that can be done together with it.

    Those are alike in one column, such as their programme, and nothing was tried with them
    yet. What was begun before and not finished may be what a worker died of: it is taken
    alone, and held longer each time, so that it holds up nobody else.
    """
    query = _due(model, now)
    if session.scalar(sa.select(query.limit(1).exists())) is not True:
        return []
    with transaction(session):
        first = session.scalar(query.limit(1))
        if first is None:
            return []
        if first.attempts:
            lease *= min(2**first.attempts, _LONGEST_HOLD)
            return [_take(first, until=now + lease)]
        others = query.where(alike == getattr(first, alike.key), model.attempts == 0)
        return [_take(row, until=now + lease) for row in session.scalars(others.limit(most))]


def _due(model: type[Work], now: datetime) -> sa.Select[Work]:
    """Return what is due and nobody holds, what has been due longest first."""
    free = sa.or_(model.leased_until.is_(None), model.leased_until <= now)
    return (
        sa.select(model)
        .where(model.due_at <= now, free)
        .order_by(model.due_at, model.id)
        .with_for_update(skip_locked=True)
    )


def _take(row: Work, *, until: datetime) -> Claim[Work]:
    row.leased_until = until
    row.fence += 1
    row.attempts += 1
    return Claim(type(row), row.id, row.fence)


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
    rows = held_of(session, [claim])
    if not rows:
        raise LostClaim
    return rows[0]


def held_of(session: Session, claims: Sequence[Claim[Work]]) -> Sequence[Work]:
    """Return those of the claimed rows of one kind that are still ours, locked."""
    fences = {claim.id: claim.fence for claim in claims}
    rows = lock(session, claims[0].model, list(fences))  # type: ignore[type-var]  # models mix both in
    return [row for row in rows if row.fence == fences[row.id] and row.leased_until is not None]

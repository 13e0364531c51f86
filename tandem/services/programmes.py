"""Programmes: finding them, and making one."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.errors import NotFound
from tandem.models import Programme

_MORNING = time(9)


def list_programmes(session: Session) -> Sequence[Programme]:
    """Return all programmes, by name."""
    return session.scalars(sa.select(Programme).order_by(Programme.name, Programme.id)).all()


def get_programme(session: Session, slug: str) -> Programme:
    """Return the programme under ``slug``.

    Raises
    ------
    NotFound
        If there is none.
    """
    if not slug.isprintable():
        raise NotFound
    programme = session.scalars(sa.select(Programme).where(Programme.slug == slug)).one_or_none()
    if programme is None:
        raise NotFound
    return programme


def local_day(instant: datetime, programme: Programme) -> date:
    """Return which day it is where the programme is."""
    return instant.astimezone(ZoneInfo(programme.zone)).date()


def today(programme: Programme) -> date:
    """Return which day it is now where the programme is."""
    return local_day(now(), programme)


def at_local_time(day: date, hour: time, programme: Programme) -> datetime:
    """Return the instant of an hour on a day, where the programme is.

    An hour that the clocks leave out is the one after it, of one that comes twice the first
    is meant. The instant is in UTC: only there the time between two instants is what it is.
    """
    return datetime.combine(day, hour, tzinfo=ZoneInfo(programme.zone)).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def morning_of(day: date, programme: Programme) -> datetime:
    """Return when on a day mails leave that nobody waits for: at nine, where the programme is."""
    return at_local_time(day, _MORNING, programme)


def start_of(day: date, programme: Programme) -> datetime:
    """Return the instant at which a day begins where the programme is."""
    return at_local_time(day, time.min, programme)


def take_turns(session: Session, programme_id: int) -> None:
    """Let nobody else decide in this programme until the transaction ends.

    Decisions touch rows of many tables, each use case in its own order; with this first,
    they cannot wait for one another in a circle. Everything else goes on meanwhile. SQLite
    has one writer at a time anyway.
    """
    session.execute(
        sa.select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True)
    )

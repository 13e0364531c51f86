"""Finding tandems whose time is nearly over, or over, and what was said afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from tandem.models import (
    Account,
    Again,
    Agreement,
    AgreementState,
    AuditEvent,
    Programme,
    Survey,
    Tandem,
    TandemState,
)
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import local_day, months_after, today
from tandem.services.tandems.finding import WITH_PEOPLE

NEAR: Final = timedelta(days=14)
"""How long before the agreed end everybody is told that it comes."""
WISH: Final = "wish_to_close"


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A running tandem that is to be closed soon, or was to be closed."""

    tandem: Tandem
    ends_on: date
    is_overdue: bool
    is_wished: bool
    """Whether one of the two said that they have reached what they wanted."""


@dataclass(frozen=True, kw_only=True)
class End:
    """When a running tandem is to end, and whether one of the two wants it to end now."""

    ends_on: date
    is_wished: bool


def end_of(session: Session, tandem: Tandem, programme: Programme) -> End:
    """Return when a tandem that began is to end."""
    query = _ends().where(Tandem.id == tandem.id)
    return _end(session.execute(query).one(), programme)


def list_closing(session: Session, programme: Programme, *, actor: Account) -> Sequence[Closing]:
    """Return tandems to close: wished, overdue or soon; the earliest end first."""
    require(can_coordinate(actor, programme.id))
    query = _ends().where(
        Tandem.programme_id == programme.id,
        Tandem.state.in_((TandemState.ACTIVE, TandemState.PAUSED)),
    )
    found = {row.id: _end(row, programme) for row in session.execute(query)}
    day = today(programme)
    due = {key: end for key, end in found.items() if end.is_wished or end.ends_on <= day + NEAR}
    if not due:
        return []
    people = sa.select(Tandem).where(Tandem.id.in_(due)).options(*WITH_PEOPLE)
    closings = [
        Closing(
            tandem=tandem,
            ends_on=due[tandem.id].ends_on,
            is_overdue=due[tandem.id].ends_on < day,
            is_wished=due[tandem.id].is_wished,
        )
        for tandem in session.scalars(people)
    ]
    return sorted(closings, key=lambda each: (each.ends_on, each.tandem.id))


def list_again(session: Session, programme: Programme, *, actor: Account) -> Sequence[Survey]:
    """Return what people said of taking part once more, as long as nobody has taken it up."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Survey)
        .join(Tandem, Tandem.id == Survey.tandem_id)
        .where(
            Survey.programme_id == programme.id,
            Survey.again.in_((Again.YES, Again.LATER)),
            Survey.attended_at.is_(None),
        )
        .options(contains_eager(Survey.tandem).options(*WITH_PEOPLE))  # type: ignore[arg-type]  # these nest
        .order_by(Survey.answered_at, Survey.id)
    )
    return session.scalars(query).all()


def surveys_of(session: Session, tandem: Tandem) -> Sequence[Survey]:
    """Return the surveys of a tandem that has ended; only coordinators may see both."""
    query = (
        sa.select(Survey)
        .where(Survey.programme_id == tandem.programme_id, Survey.tandem_id == tandem.id)
        .order_by(Survey.side, Survey.id)
    )
    return session.scalars(query).all()


def _ends() -> sa.Select[int, datetime | None, date, bool]:
    """Select running tandems with what says when they end.

    A wish from before the agreement in force is over: the two have agreed to go on.
    """
    wish = sa.exists().where(
        AuditEvent.subject_kind == Tandem.__tablename__,
        AuditEvent.subject_id == Tandem.id,
        AuditEvent.action == WISH,
        sa.or_(Agreement.id.is_(None), AuditEvent.created_at > Agreement.created_at),
    )
    agreed = (Agreement.tandem_id == Tandem.id) & (Agreement.state == AgreementState.IN_FORCE)
    return sa.select(
        Tandem.id, Tandem.started_at, Agreement.ends_on, wish.label("is_wished")
    ).outerjoin(Agreement, agreed)


def _end(row: sa.Row[int, datetime | None, date, bool], programme: Programme) -> End:
    usual = months_after(local_day(row.started_at, programme), programme.tandem_months)
    return End(ends_on=row.ends_on or usual, is_wished=bool(row.is_wished))

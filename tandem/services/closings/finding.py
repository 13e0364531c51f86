"""When a running tandem is to end, and what both said of it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
)
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import local_day, months_after
from tandem.services.tandems.finding import WITH_PEOPLE

NEAR: Final = timedelta(days=14)
"""How long before the agreed end everybody is told that it comes."""
WISH: Final = "wish_to_close"


@dataclass(frozen=True, kw_only=True)
class End:
    """When a running tandem is to end, and whether one of the two wants it to end now."""

    ends_on: date
    is_agreed: bool
    """Whether both have agreed on it."""
    is_wished: bool


def end_of(session: Session, tandem: Tandem, programme: Programme) -> End:
    """Return when a tandem that began is to end."""
    query = (
        sa.select(Tandem.started_at, Agreement.ends_on, is_wished().label("is_wished"))
        .select_from(Tandem)
        .outerjoin(
            Agreement,
            (Agreement.tandem_id == Tandem.id) & (Agreement.state == AgreementState.IN_FORCE),
        )
        .where(Tandem.id == tandem.id)
    )
    row = session.execute(query).one()
    usual = months_after(local_day(row.started_at, programme), programme.tandem_months)
    return End(
        ends_on=row.ends_on or usual,
        is_agreed=row.ends_on is not None,
        is_wished=bool(row.is_wished),
    )


def is_wished() -> sa.ColumnElement[bool]:
    """Whether one of the two wants to close, in a query of tandems with the agreement in force.

    A wish from before that agreement is over: the two have agreed to go on.
    """
    return sa.exists().where(
        AuditEvent.subject_kind == Tandem.__tablename__,
        AuditEvent.subject_id == Tandem.id,
        AuditEvent.action == WISH,
        sa.or_(Agreement.id.is_(None), AuditEvent.created_at > Agreement.created_at),
    )


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

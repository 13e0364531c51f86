"""Finding what tandems have agreed on, and who has agreed on nothing yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Agreement, AgreementState, Programme, Tandem, TandemState
from tandem.services.programmes import at_local_time, today
from tandem.services.tandems.finding import WITH_PEOPLE

SIGN_WITHIN: Final = timedelta(days=14)
"""How long after its beginning a tandem may be without an agreement before somebody asks."""


def in_force(session: Session, tandem_ids: Iterable[int]) -> Mapping[int, Agreement]:
    """Return the agreement in force of each tandem that has one, without its goals."""
    query = sa.select(Agreement).where(
        Agreement.tandem_id.in_(tuple(tandem_ids)), Agreement.state == AgreementState.IN_FORCE
    )
    return {agreement.tandem_id: agreement for agreement in session.scalars(query)}


def list_unsigned(session: Session, programme: Programme) -> Sequence[Tandem]:
    """Return active tandems that should have agreed by now and have not, the oldest first.

    Whoever calls it has checked who may read it.
    """
    signed = sa.exists().where(
        Agreement.tandem_id == Tandem.id, Agreement.state == AgreementState.IN_FORCE
    )
    first_day_after = today(programme) - SIGN_WITHIN + timedelta(days=1)
    query = (
        sa.select(Tandem)
        .where(
            Tandem.programme_id == programme.id,
            Tandem.state == TandemState.ACTIVE,
            Tandem.started_at < at_local_time(first_day_after, time.min, programme),
            ~signed,
        )
        .order_by(Tandem.started_at, Tandem.id)
        .options(*WITH_PEOPLE)
    )
    return session.scalars(query).all()

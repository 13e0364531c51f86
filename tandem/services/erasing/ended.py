"""Tandems that ended long ago: what was written goes, dates, states and figures stay (TRUST H1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tandem.models import (
    CheckIn,
    Meeting,
    Note,
    Outcome,
    Programme,
    Survey,
    Tandem,
    Todo,
)
from tandem.services.erasing.agreements import empty_agreements

KEPT_FOR = timedelta(days=365)
AFTER_THE_LAST_QUESTION = timedelta(days=30)
"""How long the answer to the last question about what became of somebody is waited for."""
AT_MOST = timedelta(days=425)
"""After how long it goes even where that question was never asked."""
_LAST_MONTHS = 12
_TEXTS: Sequence[InstrumentedAttribute[str]] = (
    CheckIn.remark,
    Survey.remark,
    Meeting.place,
    Meeting.topic,
    Meeting.mentor_remark,
    Meeting.mentee_remark,
)


def empty_ended(session: Session, programme: Programme, instant: datetime) -> int:
    """Empty what was written in and about tandems that ended long ago; return how many had any.

    The reason of the decision to which a tandem goes back stays: decisions cannot be changed.
    """
    ids = session.scalars(_long_ago(programme, instant)).all()
    found = set(_empty_own(session, ids))
    for column in _TEXTS:
        found |= set(_empty(session, column, ids))
    for model in (Note, Todo):
        gone = sa.delete(model).where(model.tandem_id.in_(ids)).returning(model.tandem_id)
        found |= set(session.scalars(gone))
    found |= set(empty_agreements(session, ids))
    session.expire_all()
    return len(found)


def _long_ago(programme: Programme, instant: datetime) -> sa.Select[int]:
    last = sa.exists().where(
        Outcome.tandem_id == Tandem.id,
        Outcome.months == _LAST_MONTHS,
        Outcome.answered_at.is_not(None) | (Outcome.asked_at <= instant - AFTER_THE_LAST_QUESTION),
    )
    return (
        sa.select(Tandem.id)
        .where(
            Tandem.programme_id == programme.id,
            Tandem.ended_at <= instant - KEPT_FOR,
            Tandem.started_at.is_(None) | last | (Tandem.ended_at <= instant - AT_MOST),
        )
        .order_by(Tandem.id)
    )


def _empty_own(session: Session, ids: Sequence[int]) -> Sequence[int]:
    written = (Tandem.decline_reason != "") | (Tandem.end_note != "")
    return session.scalars(
        sa.update(Tandem)
        .where(Tandem.id.in_(ids), written)
        .values(decline_reason="", end_note="", version=Tandem.version + 1)
        .returning(Tandem.id)
    ).all()


def _empty(
    session: Session, column: InstrumentedAttribute[str], ids: Sequence[int]
) -> Sequence[int]:
    model: Any = column.class_
    return session.scalars(
        sa.update(model)
        .where(model.tandem_id.in_(ids), column != "")
        .values({column.key: ""})
        .returning(model.tandem_id)
    ).all()

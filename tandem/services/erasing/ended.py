"""Tandems that ended long ago: what was written goes, dates, states and figures stay (TRUST H1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from tandem.models import (
    Agreement,
    AgreementState,
    CheckIn,
    Goal,
    Meeting,
    Note,
    Outcome,
    Programme,
    Survey,
    Tandem,
    Todo,
)
from tandem.services.erasing.accounts import NO_NAME

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
_WORDS = ("contact", "confidentiality")
_WAYS = {
    AgreementState.PROPOSED: (),
    AgreementState.DROPPED: (AgreementState.DROPPED,),
    AgreementState.IN_FORCE: (AgreementState.IN_FORCE,),
    AgreementState.REPLACED: (AgreementState.IN_FORCE, AgreementState.REPLACED),
}


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
    found |= set(_empty_agreements(session, ids))
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


def _empty_agreements(session: Session, ids: Sequence[int]) -> Sequence[int]:
    """Write agreements anew without words: what both have agreed to cannot be changed."""
    query = (
        sa.select(Agreement)
        .where(Agreement.tandem_id.in_(ids))
        .order_by(Agreement.tandem_id, Agreement.number)
        .options(selectinload(Agreement.goals))
    )
    by_tandem: dict[int, list[Agreement]] = {}
    for agreement in session.scalars(query):
        by_tandem.setdefault(agreement.tandem_id, []).append(agreement)
    worded = [each for each in by_tandem.values() if any(_has_words(one) for one in each)]
    for agreements in worded:
        _write_anew(session, agreements)
    return [each[0].tandem_id for each in worded]


def _has_words(agreement: Agreement) -> bool:
    return any(getattr(agreement, name) for name in _WORDS) or any(
        goal.text not in {"", NO_NAME} for goal in agreement.goals
    )


def _write_anew(session: Session, agreements: Sequence[Agreement]) -> None:
    copies = [(each.state, _copy(each), [_wordless(goal) for goal in each.goals])
              for each in agreements]  # fmt: skip
    for agreement in agreements:
        session.delete(agreement)
    session.flush()
    for state, copy, goals in copies:
        copy.goals = goals
        session.add(copy)
        session.flush()
        for step in _WAYS[state]:
            copy.state = step
            session.flush()


def _copy(agreement: Agreement) -> Agreement:
    left_out = {"state", *_WORDS}
    names = [each.key for each in sa.inspect(Agreement).column_attrs if each.key not in left_out]
    return Agreement(**{name: getattr(agreement, name) for name in names})


def _wordless(goal: Goal) -> Goal:
    names = [each.key for each in sa.inspect(Goal).column_attrs if each.key != "text"]
    text = NO_NAME if goal.text else ""
    return Goal(text=text, **{name: getattr(goal, name) for name in names})

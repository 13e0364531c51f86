"""What a programme holds of a person's tandems once they have begun, as they said it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from tandem.models import (
    Agreement,
    AgreementState,
    Calendar,
    CheckIn,
    Meeting,
    Mentee,
    Mentor,
    Outcome,
    Side,
    Survey,
    Tandem,
)
from tandem.services.meetings import mood_of, remark_of
from tandem.services.own_data.overview import of

_AGREED: Final = (AgreementState.IN_FORCE, AgreementState.REPLACED)


def accompanying(
    session: Session, person: Mentor | Mentee
) -> Iterable[tuple[str, Sequence[dict[str, Any]]]]:
    """Return rows of each kind: what the person said, never what the other side did."""
    yield "agreements", _agreements(session, person)
    yield "meetings", _meetings(session, person)
    yield "calendars", _calendars(session, person)
    yield "check_ins", _check_ins(session, person)
    yield "surveys", _surveys(session, person)
    yield "outcomes", _outcomes(session, person)


def _agreements(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    """Return what both agreed to, and what the person themselves proposed."""
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    query = (
        sa.select(Agreement, Tandem.key)
        .join(Tandem, Tandem.id == Agreement.tandem_id)
        .where(
            Agreement.tandem_id.in_(of(person, Tandem)),
            sa.or_(Agreement.state.in_(_AGREED), Agreement.proposed_by == side),
        )
        .options(selectinload(Agreement.goals))
        .order_by(Agreement.tandem_id, Agreement.number)
    )
    names = ("number", "created_at", "every_weeks", "begins_on", "ends_on", "ways", "contact",
             "confidentiality")  # fmt: skip
    return [
        {"tandem": key, "state": each.state.value, "proposed_by_you": each.proposed_by is side}
        | {name: getattr(each, name) for name in names}
        | {
            "you_agreed_at": each.mentor_yes_at if side is Side.MENTOR else each.mentee_yes_at,
            "goals": [goal.topic or goal.text for goal in each.goals],
            "goals_reached": [goal.topic or goal.text for goal in each.goals if goal.reached_on],
        }
        for each, key in session.execute(query)
    ]


def _meetings(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    """Return what both know of their meetings, and what the person said of them."""
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    query = (
        sa.select(Meeting, Tandem.key)
        .join(Tandem, Tandem.id == Meeting.tandem_id)
        .where(Meeting.tandem_id.in_(of(person, Tandem)))
        .order_by(Meeting.tandem_id, Meeting.starts_at, Meeting.id)
    )
    names = ("starts_at", "minutes", "place", "topic", "logged_at")
    return [
        {"tandem": key, "state": each.state.value, "way": each.way.value}
        | {name: getattr(each, name) for name in names}
        | {
            "suggested_by_you": each.proposed_by is side,
            "how_it_was_for_you": mood.value if (mood := mood_of(each, side)) else None,
            "you_wrote": remark_of(each, side),
        }
        for each, key in session.execute(query)
    ]


def _calendars(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    """Return that the person has a secret address for their calendar, without the secret."""
    query = (
        sa.select(Calendar.created_at, Calendar.read_at)
        .where(Calendar.membership_id == person.membership_id)
        .order_by(Calendar.id)
    )
    return [
        {"opened_at": row.created_at, "a_calendar_asked_last_at": row.read_at}
        for row in session.execute(query)
    ]


def _check_ins(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    query = (
        sa.select(CheckIn, Tandem.key)
        .join(Tandem, Tandem.id == CheckIn.tandem_id)
        .where(CheckIn.tandem_id.in_(of(person, Tandem)), CheckIn.side == side)
        .order_by(CheckIn.id)
    )
    names = ("number", "due_on", "answered_at", "going", "helping", "alike", "wants_call", "remark")
    return [
        {"tandem": key, "state": each.state.value} | {name: getattr(each, name) for name in names}
        for each, key in session.execute(query)
    ]


def _surveys(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    query = (
        sa.select(Survey, Tandem.key)
        .join(Tandem, Tandem.id == Survey.tandem_id)
        .where(Survey.tandem_id.in_(of(person, Tandem)), Survey.side == side)
        .order_by(Survey.id)
    )
    names = ("answered_at", "satisfied", "reached", "supported", "remark")
    return [
        {"tandem": key, "again": each.again.value if each.again else None}
        | {name: getattr(each, name) for name in names}
        for each, key in session.execute(query)
    ]


def _outcomes(session: Session, person: Mentor | Mentee) -> Sequence[dict[str, Any]]:
    """Return what became of a mentee; a mentor is not told."""
    if isinstance(person, Mentor):
        return []
    query = (
        sa.select(Outcome, Tandem.key)
        .join(Tandem, Tandem.id == Outcome.tandem_id)
        .where(Outcome.tandem_id.in_(of(person, Tandem)))
        .order_by(Outcome.tandem_id, Outcome.months)
    )
    names = ("months", "due_on", "asked_at", "answered_at", "in_field", "at_level")
    return [
        {
            "tandem": key,
            "doing": each.kind.value if each.kind else None,
            "told_by": each.source.value if each.source else None,
        }
        | {name: getattr(each, name) for name in names}
        for each, key in session.execute(query)
    ]

"""When people registered, sent their profile and were approved."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem.models import AuditEvent, Mentee, Mentor, Merge, Profile, Programme


class Person(NamedTuple):
    """The dates of one mentor or mentee; none: it has not come to that."""

    id: int
    registered_at: datetime
    sent_at: datetime | None
    """When they sent a profile first."""
    approved_at: datetime | None
    """When a coordinator approved one first: since then they have taken part."""


def list_dates(
    session: Session, model: type[Mentor | Mentee], *, programme: Programme
) -> Sequence[Person]:
    """Return the dates of all mentors, or all mentees, also of those who have left since.

    Of two entries that turned out to be one person the one counts that was kept.
    """
    whose, gone = _columns(model)
    dates = _profile_dates(programme, whose).subquery()
    query = (
        sa.select(model.id, model.created_at, dates.c.sent, dates.c.approved)
        .outerjoin(dates, dates.c.person == model.id)
        .where(model.programme_id == programme.id, ~sa.exists().where(gone == model.id))
        .order_by(model.id)
    )
    return [Person(*row) for row in session.execute(query)]


def _columns(model: type[Mentor | Mentee]) -> tuple[sa.ColumnElement[int | None], ...]:
    if model is Mentor:
        return sa.type_coerce(Profile.mentor_id, sa.Integer), Merge.gone_mentor_id.expression
    return sa.type_coerce(Profile.mentee_id, sa.Integer), Merge.gone_mentee_id.expression


def _profile_dates(
    programme: Programme, whose: sa.ColumnElement[int | None]
) -> sa.Select[*tuple[object, ...]]:
    """Return the first dates of each person over all versions of the profile.

    The trail tells when. It is long, so that each version looks for its own events.
    """
    sent, approved = aliased(AuditEvent), aliased(AuditEvent)
    return (
        sa.select(
            whose.label("person"),
            sa.func.min(sent.created_at).label("sent"),
            sa.func.min(approved.created_at).label("approved"),
        )
        .outerjoin(sent, _tells(sent, "submit_profile"))
        .outerjoin(approved, _tells(approved, "approve_profile"))
        .where(Profile.programme_id == programme.id, whose.is_not(None))
        .group_by(whose)
    )


def _tells(event: type[AuditEvent], action: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        event.subject_kind == Profile.__tablename__,
        event.subject_id == Profile.id,
        event.action == action,
    )

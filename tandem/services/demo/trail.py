"""The trail of a demo programme: vetted and approved, as its coordinators would have done."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import UtcDateTime
from tandem.models import (
    Account,
    AuditEvent,
    Company,
    Membership,
    Mentee,
    Mentor,
    Profile,
    Programme,
)

_READING_DAYS: Final = 10
"""How long after they were sent profiles were approved, at most."""


def write_trail(session: Session, programme: Programme, *, coordinator: Account) -> None:
    """Write down who was vetted, and when everybody's profile was sent and approved."""
    mine = {"programme_id": programme.id}
    by_staff = mine | {"account_id": coordinator.id}
    vetted = sa.select(Company.id).where(Company.programme_id == programme.id).order_by(Company.id)
    for company in session.scalars(vetted):
        about = {"subject_kind": Company.__tablename__, "subject_id": company}
        vetted_at = {"created_at": programme.created_at + timedelta(days=1)}
        session.add(AuditEvent(action="vet_company", **by_staff, **vetted_at, **about))
    for profile, sent_at, account in session.execute(_profiles(programme)):
        about = {"subject_kind": Profile.__tablename__, "subject_id": profile}
        sent = mine | {"account_id": account, "created_at": sent_at}
        read_at = sent_at + timedelta(days=1 + profile % _READING_DAYS)
        approved = by_staff | {"created_at": min(read_at, now())}
        session.add(AuditEvent(action="submit_profile", **sent, **about))
        session.add(AuditEvent(action="approve_profile", **approved, **about))


def _profiles(programme: Programme) -> sa.Select[int, datetime, int]:
    """Return which profiles there are, when they were sent, and whose they are."""
    return (
        sa.select(
            Profile.id, sa.type_coerce(Profile.submitted_at, UtcDateTime), Membership.account_id
        )
        .outerjoin(Mentor, Mentor.id == Profile.mentor_id)
        .outerjoin(Mentee, Mentee.id == Profile.mentee_id)
        .join(
            Membership,
            Membership.id == sa.func.coalesce(Mentor.membership_id, Mentee.membership_id),
        )
        .where(Profile.programme_id == programme.id)
        .order_by(Profile.id)
    )

"""Tandems near their end and after it, for tests."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import work
from tandem.clock import now
from tandem.models import (
    Account,
    EndReason,
    Mail,
    Meeting,
    MeetingState,
    Mentee,
    Mentor,
    Tandem,
    TandemState,
    Way,
)
from tandem.services import duties
from tests.support import pairs
from tests.support.make import Make

_LEASE = timedelta(seconds=15)


def running(make: Make, mentor: Mentor, mentee: Mentee, *, since: datetime | None = None) -> Tandem:
    """Save a tandem that has begun, with its duties due."""
    tandem = pairs.invited(make, mentor, mentee)
    began = since or now()
    tandem.mentor_yes_at = tandem.mentee_yes_at = tandem.started_at = began
    tandem.state, tandem.due_at = TandemState.ACTIVE, began
    return make.save(tandem)


def ended_early(make: Make, tandem: Tandem) -> Tandem:
    """End a running tandem before its time, with its duties due."""
    tandem.state, tandem.ended_at = TandemState.ENDED_EARLY, now()
    tandem.end_reason, tandem.due_at = EndReason.NO_TIME, now()
    return make.save(tandem)


def met(make: Make, tandem: Tandem, *, times: int, minutes: int = 60) -> None:
    """Save meetings that were held."""
    for number in range(times):
        make.save(
            Meeting(
                programme_id=tandem.programme_id,
                tandem_id=tandem.id,
                state=MeetingState.HELD,
                starts_at=now() - timedelta(days=number),
                minutes=minutes,
                way=Way.IN_PERSON,
                logged_at=now(),
            )
        )


def attend(session: Session) -> None:
    """Do all duties that are due by now, as a worker would."""
    while claim := work.claim(session, Tandem, now=now(), lease=_LEASE):
        duties.attend(session, claim)


def letters(session: Session, account: Account | None = None) -> list[str]:
    """Return the kinds of the mails to somebody, or to all, in the order they were written."""
    query = sa.select(Mail.kind).order_by(Mail.id)
    if account is not None:
        query = query.where(Mail.to_address == account.email)
    return list(session.scalars(query))

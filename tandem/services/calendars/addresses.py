"""The secret address under which a person's own calendar reads their meetings.

The secret part is derived from the row and the service's key and kept nowhere; renewing the
row makes every address from before useless.
"""

import hashlib
import hmac
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import NotFound
from tandem.models import Account, Calendar, Membership, Programme, Role
from tandem.models.base import new_key
from tandem.services import audit
from tandem.services.permissions import require
from tandem.services.programmes import take_turns

_SEEN_EVERY = timedelta(hours=1)


def my_calendar(session: Session, *, programme: Programme, actor: Account) -> Calendar | None:
    """Return the address that ``actor`` opened in a programme, if they did."""
    query = (
        sa.select(Calendar)
        .join(Membership, Membership.id == Calendar.membership_id)
        .where(Calendar.programme_id == programme.id, Membership.account_id == actor.id)
        .order_by(Calendar.id)
        .limit(1)
        .options(joinedload(Calendar.membership).joinedload(Membership.account))
    )
    return session.scalars(query).one_or_none()


def open_calendar(session: Session, *, programme: Programme, actor: Account) -> Calendar:
    """Give ``actor`` a secret address, or a new one instead of the one they have.

    Raises
    ------
    NotAllowed
        If they are neither mentor nor mentee in this programme.
    """
    with transaction(session):
        take_turns(session, programme.id)
        calendar = my_calendar(session, programme=programme, actor=actor)
        if calendar is None:
            calendar = Calendar(
                programme_id=programme.id, membership_id=_membership(actor, programme).id
            )
            session.add(calendar)
        else:
            calendar.nonce, calendar.read_at = new_key(), None
        audit.record(session, "open_calendar", calendar, actor=actor)
    return calendar


def close_calendar(session: Session, *, programme: Programme, actor: Account) -> None:
    """Take the secret address of ``actor`` away, if they have one."""
    with transaction(session):
        take_turns(session, programme.id)
        calendar = my_calendar(session, programme=programme, actor=actor)
        if calendar is not None:
            audit.record(session, "close_calendar", calendar, actor=actor)
            session.delete(calendar)


def link_of(calendar: Calendar, *, secret_key: str) -> str:
    """Return the last part of a calendar's address: its key and 256 secret bits."""
    return f"{calendar.key}.{_secret(calendar, secret_key)}"


def find_calendar(session: Session, link: str, *, secret_key: str) -> Calendar:
    """Return the calendar of an address that is in force.

    Raises
    ------
    NotFound
        If it is not, whether it never was, was renewed, or its owner may not sign in any more.
    """
    key, _, secret = link.partition(".")
    query = (
        sa.select(Calendar)
        .where(Calendar.key == key)
        .options(
            joinedload(Calendar.membership).joinedload(Membership.account),
            joinedload(Calendar.membership).joinedload(Membership.programme),
        )
    )
    calendar = session.scalars(query).one_or_none() if key.isprintable() else None
    if calendar is None:
        raise NotFound
    if not hmac.compare_digest(_secret(calendar, secret_key).encode(), secret.encode()):
        raise NotFound
    if not calendar.membership.account.can_sign_in:
        raise NotFound
    return calendar


def note_reading(session: Session, calendar: Calendar) -> None:
    """Keep when a calendar asked last, to the hour, so that its owner sees that it works."""
    if calendar.read_at is not None and now() - calendar.read_at < _SEEN_EVERY:
        return
    calendar_id = calendar.id
    with transaction(session):
        session.execute(sa.update(Calendar).where(Calendar.id == calendar_id).values(read_at=now()))


def _membership(actor: Account, programme: Programme) -> Membership:
    taking_part = [
        each
        for each in actor.memberships
        if each.programme_id == programme.id and each.role in {Role.MENTOR, Role.MENTEE}
    ]
    require(bool(taking_part))
    return taking_part[0]


def _secret(calendar: Calendar, secret_key: str) -> str:
    bound = f"calendar:{calendar.key}:{calendar.nonce}:{calendar.membership_id}"
    return hmac.new(secret_key.encode(), bound.encode(), hashlib.sha256).hexdigest()

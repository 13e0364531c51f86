"""What is kept no longer than needed: once a day, with a row in the audit trail as proof."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, AuditEvent, Membership, Programme, Token
from tandem.services import audit
from tandem.services.erasing import ended, expired, inactive
from tandem.services.erasing.people import ROLES, Person, WhoAsked, erase
from tandem.services.programmes import take_turns

CONFIRM_WITHIN = timedelta(days=30)
"""How long a registration waits for its address to be confirmed."""
_EVERY = timedelta(days=1)
_ACTION = "keep_house"


def keep_house(session: Session) -> bool:
    """Do the day's work of one programme, if any is due; say whether there was one.

    May run twice, and in two workers at once: the programme's turn and the row that the first
    one writes keep the second one out.
    """
    programme_id = session.scalar(_due(now()).limit(1))
    if programme_id is None:
        return False
    with transaction(session):
        take_turns(session, programme_id)
        if session.scalar(_due(now()).where(Programme.id == programme_id)) is None:
            return True
        programme = session.get_one(Programme, programme_id)
        done: dict[str, int | str] = {
            name: tidy(session, programme, now()) for name, tidy in CLASSES.items()
        }
        audit.record(session, _ACTION, programme, actor=None, details=done)
    return True


def erase_unconfirmed(session: Session, programme: Programme, instant: datetime) -> int:
    """Erase who registered long ago and never confirmed; return how many people."""
    return sum(
        erase(session, person, programme=programme, actor=None, asked=WhoAsked.RETENTION)
        for person in _never_confirmed(session, programme, instant)
    )


CLASSES: Mapping[str, Callable[[Session, Programme, datetime], int]] = {
    "never_confirmed": erase_unconfirmed,
    "unused_reminded": inactive.remind_unused,
    "unused_erased": inactive.erase_unused,
    "tandems_emptied": ended.empty_ended,
    "mails_emptied": expired.empty_mails,
    "looks_dropped": expired.drop_looks,
    "lists_dropped": expired.drop_lists,
}
"""What is done each day, by the name under which the audit trail counts it."""


def _due(instant: datetime) -> sa.Select[int]:
    """Return the programmes whose last such row is older than a day."""
    done = sa.exists().where(
        AuditEvent.subject_kind == Programme.__tablename__,
        AuditEvent.subject_id == Programme.id,
        AuditEvent.action == _ACTION,
        AuditEvent.created_at > instant - _EVERY,
    )
    return sa.select(Programme.id).where(~done).order_by(Programme.id)


def _never_confirmed(session: Session, programme: Programme, instant: datetime) -> list[Person]:
    """Return who registered long ago and never confirmed, unless a link of theirs still works.

    Whom a coordinator entered is the coordinator's to keep or erase.
    """
    link = sa.exists().where(
        Token.account_id == Account.id, Token.used_at.is_(None), Token.expires_at > instant
    )
    found: list[Person] = []
    for model in ROLES:
        query: sa.Select[Any] = (
            sa.select(model)
            .join(Membership, Membership.id == model.membership_id)
            .join(Account, Account.id == Membership.account_id)
            .where(
                model.programme_id == programme.id,
                model.erased_at.is_(None),
                model.entered_by_id.is_(None),
                Account.confirmed_at.is_(None),
                Account.created_at <= instant - CONFIRM_WITHIN,
                ~link,
            )
            .order_by(model.id)
        )
        found.extend(session.scalars(query))
    return found

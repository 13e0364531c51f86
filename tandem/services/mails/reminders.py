"""Reminders: whoever wants none gets none, and everything else all the same."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, Membership, Programme, Role
from tandem.services import audit
from tandem.services.permissions import require


def choose_reminders(
    session: Session, *, wanted: bool, programme: Programme, actor: Account
) -> None:
    """Turn reminders of a programme on or off, for whatever somebody is there."""
    with transaction(session):
        query = sa.select(Membership).where(
            Membership.programme_id == programme.id,
            Membership.account_id == actor.id,
            Membership.role != Role.COORDINATOR,
        )
        memberships = session.scalars(query.order_by(Membership.id).with_for_update()).all()
        require(bool(memberships))
        for membership in memberships:
            if wanted is (membership.quiet_at is None):
                continue
            membership.quiet_at = None if wanted else now()
            action = "turn_reminders_on" if wanted else "turn_reminders_off"
            audit.record(session, action, membership, actor=actor)

"""Mentees: registering."""

from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.models import Mentee, Programme, Role
from tandem.services import accounts


def register(
    session: Session, draft: accounts.AccountDraft, *, programme: Programme
) -> Mentee | None:
    """Register a mentee; none is made where the address is known, which is not shown."""
    with transaction(session):
        membership = accounts.register(session, draft, programme=programme, role=Role.MENTEE)
        if membership is None:
            return None
        mentee = Mentee(programme_id=programme.id, membership_id=membership.id)
        session.add(mentee)
    return mentee

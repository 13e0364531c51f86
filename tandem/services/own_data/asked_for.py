"""Whose data it is about: one's own, or those of somebody who asks the coordination."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Mentee, Mentor, Programme, Tandem
from tandem.services.permissions import can_write_for, require
from tandem.services.profiles import get_entered


def whose(session: Session, actor: Account, programme: Programme, *, about: str = "") -> Account:
    """Return the account of ``actor``, or of whom they do it for, whose key is ``about``.

    Coordinators do it for those who have not taken their account over, and who are not in a
    tandem with them.

    Raises
    ------
    NotFound
        If the programme has no such person.
    NotAllowed
        If ``actor`` may not do it for them.
    """
    if not about:
        return actor
    person = get_entered(session, actor, programme, key=about)
    require(can_ask_for(session, actor, person))
    return person.membership.account


def can_ask_for(session: Session, actor: Account, person: Mentor | Mentee) -> bool:
    """Whether a coordinator may do with a person's data what they would do themselves."""
    return can_write_for(actor, person) and not _is_met_by(session, actor, person)


def _is_met_by(session: Session, actor: Account, person: Mentor | Mentee) -> bool:
    """Whether somebody is, or was, in a tandem with a person."""
    own = [membership.id for membership in actor.memberships]
    if isinstance(person, Mentor):
        across = sa.select(Mentee.id).where(Mentee.membership_id.in_(own))
        met = sa.exists().where(Tandem.mentor_id == person.id, Tandem.mentee_id.in_(across))
    else:
        across = sa.select(Mentor.id).where(Mentor.membership_id.in_(own))
        met = sa.exists().where(Tandem.mentee_id == person.id, Tandem.mentor_id.in_(across))
    return session.scalar(sa.select(met)) is True

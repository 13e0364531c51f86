"""Reminding mentees of the short list that they have not put in order yet."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.locales import day_in_words
from tandem.models import Account, Membership, Mentee, Programme, Round, Shortlist
from tandem.services.mails import queue_mail

BEFORE_THE_END = timedelta(days=2)
_AFTER_ASKING = timedelta(days=1)
"""Whoever was asked later than that before the reminder gets none: the first mail is fresh."""


def reminds_at(deadline: datetime) -> datetime:
    """Return when to remind of a deadline."""
    return deadline - BEFORE_THE_END


def remind(session: Session, round_: Round, *, programme: Programme) -> None:
    """Write once to each mentee who is asked in a round and has not answered; may run twice.

    Nobody is written to who turned reminders off, or objected to being matched.
    """
    deadline = round_.asks_until
    if deadline is None:
        return
    query = (
        sa.select(Shortlist)
        .join(Mentee, Mentee.id == Shortlist.mentee_id)
        .where(
            Shortlist.programme_id == programme.id,
            Shortlist.round_id == round_.id,
            Shortlist.answered_at.is_(None),
            Shortlist.snapshot_id == _asked_about(round_),
            Shortlist.created_at <= reminds_at(deadline) - _AFTER_ASKING,
            Mentee.objected_at.is_(None),
        )
        .options(
            joinedload(Shortlist.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account)
            .selectinload(Account.memberships)
        )
        .order_by(Shortlist.id)
    )
    for shortlist in session.scalars(query):
        reader = shortlist.mentee.membership.account
        queue_mail(
            session,
            "shortlist_reminder",
            reader,
            programme=programme,
            about=shortlist.key,
            shortlist_key=shortlist.key,
            last_day=day_in_words(_day(deadline, programme), reader.locale),
        )


def _asked_about(round_: Round) -> sa.ScalarSelect[int]:
    """Return the result about which mentees were asked last."""
    last = sa.select(sa.func.max(Shortlist.snapshot_id)).where(
        Shortlist.programme_id == round_.programme_id, Shortlist.round_id == round_.id
    )
    return last.scalar_subquery()


def _day(deadline: datetime, programme: Programme) -> datetime:
    return deadline.astimezone(ZoneInfo(programme.zone))

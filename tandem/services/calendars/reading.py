"""What a person's own calendar reads: all meetings of all their tandems in a programme."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from tandem.models import (
    Account,
    Calendar,
    Meeting,
    MeetingState,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Tandem,
)
from tandem.services.calendars.entries import published
from tandem.services.tandems import side_of

_SHOWN = (MeetingState.PROPOSED, MeetingState.ACCEPTED, MeetingState.HELD)


def read_calendar(session: Session, calendar: Calendar) -> str:
    """Return every meeting of its owner that is proposed, accepted or was held."""
    account, programme = calendar.membership.account, calendar.membership.programme
    found = session.scalars(_meetings_of(account, programme)).all()
    theirs = [
        (meeting, meeting.tandem, side)
        for meeting in found
        if (side := side_of(account, meeting.tandem)) is not None
    ]
    return published(theirs, programme=programme, name=programme.name)


def _meetings_of(account: Account, programme: Programme) -> sa.Select[Meeting]:
    mine = sa.select(Membership.id).where(
        Membership.account_id == account.id, Membership.programme_id == programme.id
    )
    pair = contains_eager(Meeting.tandem)
    return (
        sa.select(Meeting)
        .join(Tandem, Tandem.id == Meeting.tandem_id)
        .join(Mentor, Mentor.id == Tandem.mentor_id)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .where(
            Meeting.programme_id == programme.id,
            Meeting.state.in_(_SHOWN),
            sa.or_(Mentor.membership_id.in_(mine), Mentee.membership_id.in_(mine)),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .options(
            pair.joinedload(Tandem.mentor)
            .joinedload(Mentor.membership)
            .joinedload(Membership.account),
            pair.joinedload(Tandem.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account),
        )
    )

"""Meetings of people who are erased: that they were stays, what was said of them goes."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Calendar, Meeting, Mentee, Mentor


def forget_meetings(session: Session, person: Mentor | Mentee, tandem_ids: Sequence[int]) -> None:
    """Drop where and about what, what both wrote, how it was for the person, and their calendar.

    Both sides wrote about the person, and may have named them.
    """
    mood = "mentor_mood" if isinstance(person, Mentor) else "mentee_mood"
    emptied = dict.fromkeys(("place", "topic", "mentor_remark", "mentee_remark"), "")
    session.execute(
        sa.update(Meeting)
        .where(Meeting.tandem_id.in_(tandem_ids))
        .values(**emptied, **{mood: None}, version=Meeting.version + 1)
    )
    session.execute(sa.delete(Calendar).where(Calendar.membership_id == person.membership_id))

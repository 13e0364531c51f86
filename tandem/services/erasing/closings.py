"""What was said after the tandems of people who are erased: words and open questions go.

Figures stay, as those of check-ins do: without the words and the name they say nothing of who.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Mentee, Mentor, Outcome, Side, Survey, Tandem


def drop_closings(session: Session, person: Mentor | Mentee) -> None:
    """Drop what either side wrote of a person's tandems, and what the person is still asked."""
    side = Side.MENTOR if isinstance(person, Mentor) else Side.MENTEE
    column = Tandem.mentor_id if side is Side.MENTOR else Tandem.mentee_id
    theirs = sa.select(Tandem.id).where(
        Tandem.programme_id == person.programme_id, column == person.id
    )
    session.execute(sa.update(Survey).where(Survey.tandem_id.in_(theirs)).values(remark=""))
    session.execute(
        sa.delete(Survey).where(
            Survey.tandem_id.in_(theirs), Survey.side == side, Survey.answered_at.is_(None)
        )
    )
    if side is Side.MENTEE:
        session.execute(
            sa.delete(Outcome).where(Outcome.tandem_id.in_(theirs), Outcome.answered_at.is_(None))
        )

"""Tandems of people who are erased: live ones end, and those across are told."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock
from tandem.models import (
    Account,
    CheckIn,
    CheckInState,
    EndReason,
    Mentee,
    Mentor,
    Programme,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import audit
from tandem.services.erasing.meetings import forget_meetings
from tandem.services.meetings import end_plans
from tandem.services.notices import tell_staff
from tandem.services.tandems.letters import write_to


def tandem_keys(session: Session, person: Mentor | Mentee) -> Sequence[str]:
    """Return the keys of every tandem that a person was asked for or was in."""
    query = sa.select(Tandem.key).where(_theirs(person)).order_by(Tandem.id)
    return session.scalars(query).all()


def end_tandems(
    session: Session, person: Mentor | Mentee, *, programme: Programme, actor: Account | None
) -> int:
    """End a person's live tandems, and drop what was written about them and in them.

    Those across and the coordination get a mail without a reason; return how many ended.
    """
    ids = session.scalars(sa.select(Tandem.id).where(_theirs(person))).all()
    ended = 0
    across = Side.MENTEE if isinstance(person, Mentor) else Side.MENTOR
    for tandem in lock(session, Tandem, ids):
        tandem.decline_reason = tandem.end_note = ""
        if not tandem.is_live:
            continue
        invited = tandem.state is TandemState.INVITED
        tandem.state = TandemState.WITHDRAWN if invited else TandemState.ENDED_EARLY
        tandem.end_reason = None if invited else EndReason.PERSONAL
        tandem.ended_at = now()
        tandem.schedule(None if invited else now())  # whoever stays is asked how it was
        write_to(session, tandem, across, kind="tandem_left", programme=programme)
        tell_staff(session, tandem, kind="tandem_left", programme=programme)
        if not invited:
            end_plans(session, tandem, programme=programme, told=[across])
        audit.record(session, "end_tandem", tandem, actor=actor, details={"because": "erased"})
        ended += 1
    session.flush()
    _empty_check_ins(session, CheckIn.tandem_id.in_(ids))
    forget_meetings(session, person, ids)
    return ended


def _empty_check_ins(session: Session, theirs: sa.ColumnElement[bool]) -> None:
    """Drop what either side wrote, and let go of what is still asked; figures say nothing of who.

    Both sides wrote about the person, and may have named them.
    """
    session.execute(sa.update(CheckIn).where(theirs).values(remark=""))
    session.execute(
        sa.update(CheckIn)
        .where(theirs, CheckIn.state == CheckInState.OPEN)
        .values(state=CheckInState.LAPSED)
    )


def _theirs(person: Mentor | Mentee) -> sa.ColumnElement[bool]:
    column = Tandem.mentor_id if isinstance(person, Mentor) else Tandem.mentee_id
    return (Tandem.programme_id == person.programme_id) & (column == person.id)

"""Duties: what has to happen in a tandem at its time, such as a reminder.

A tandem is one piece of work that becomes due again and again. Whoever attends to it goes
through all duties; each does what is due by now, or nothing, and says when to look again.
So a duty may run at any moment and any number of times: after a crash, after a change of
clocks, and after a week in which no worker ran.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, Membership, Mentee, Mentor, Programme, Tandem
from tandem.services.agreements import attending as agreeing
from tandem.services.check_ins import attending as asking
from tandem.services.closings import attending as closing
from tandem.services.meetings import attending as meeting
from tandem.services.outcomes import attending as following_up
from tandem.services.programmes import take_turns
from tandem.services.tandems import attending as inviting
from tandem.services.tandems import pausing
from tandem.work import Claim, LostClaim, claim_some, held_of

Duty: TypeAlias = Callable[[Session, Tandem, Programme], datetime | None]
"""Do what is due in a tandem by now; return when there may be something again, none: never."""

DUTIES: Final[tuple[Duty, ...]] = (
    inviting.attend,
    pausing.attend,
    agreeing.attend,
    asking.attend,
    closing.attend,
    following_up.attend,
    meeting.attend,
)
_SOONEST = timedelta(minutes=1)
_TOGETHER = 20
"""In how many tandems of a programme at a time: it has its turn no longer than a moment."""


def attend_next(session: Session, *, lease: timedelta) -> bool:
    """Do what is due in some tandems of one programme; say whether there was anything."""
    claims = claim_some(
        session, Tandem, now=now(), lease=lease, most=_TOGETHER, alike=Tandem.programme_id
    )
    if claims:
        _attend_to(session, claims)
    return bool(claims)


def attend(session: Session, claim: Claim[Tandem]) -> None:
    """Do everything that is due in one tandem, and say when to look again.

    Raises
    ------
    LostClaim
        If another worker has taken over.
    """
    if not _attend_to(session, [claim]):
        raise LostClaim


def _attend_to(session: Session, claims: Sequence[Claim[Tandem]]) -> int:
    """Do what is due in tandems of one programme, all of it or nothing; return in how many.

    Those that another worker has taken over are left to it.
    """
    with transaction(session):
        programme_id = session.get_one(Tandem, claims[0].id).programme_id
        take_turns(session, programme_id)
        programme = session.get_one(Programme, programme_id)
        tandems = held_of(session, claims)
        known = _read_with_people(session, tandems)
        for tandem in known:
            coming = [duty(session, tandem, programme) for duty in DUTIES]
            following = min((each for each in coming if each is not None), default=None)
            tandem.schedule(max(following, now() + _SOONEST) if following else None)
    return len(known)


def _read_with_people(session: Session, tandems: Sequence[Tandem]) -> Sequence[Tandem]:
    """Read at once what duties need to know of everybody, instead of one by one."""
    query = sa.select(Tandem).where(Tandem.id.in_([tandem.id for tandem in tandems]))
    return session.scalars(query.order_by(Tandem.id).options(*_WITH_PEOPLE)).all()


_WITH_PEOPLE = [
    joinedload(Tandem.mentor).joinedload(Mentor.company),
    *(
        joinedload(side)
        .joinedload(model.membership)
        .joinedload(Membership.account)
        .selectinload(Account.memberships)
        for side, model in ((Tandem.mentor, Mentor), (Tandem.mentee, Mentee))
    ),
]

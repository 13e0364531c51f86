"""Duties: what has to happen in a tandem at its time, such as a reminder.

A tandem is one piece of work that becomes due again and again. Whoever attends to it goes
through all duties; each does what is due by now, or nothing, and says when to look again.
So a duty may run at any moment and any number of times: after a crash, after a change of
clocks, and after a week in which no worker ran.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Programme, Tandem
from tandem.services.check_ins import attending as asking
from tandem.services.closings import attending as closing
from tandem.services.outcomes import attending as following_up
from tandem.services.programmes import take_turns
from tandem.services.tandems import attending as inviting
from tandem.services.tandems import pausing
from tandem.work import Claim, held

Duty: TypeAlias = Callable[[Session, Tandem, Programme], datetime | None]
"""Do what is due in a tandem by now; return when there may be something again, none: never."""

DUTIES: Final[tuple[Duty, ...]] = (
    inviting.attend,
    pausing.attend,
    asking.attend,
    closing.attend,
    following_up.attend,
)
_SOONEST = timedelta(minutes=1)


def attend(session: Session, claim: Claim[Tandem]) -> None:
    """Do everything that is due in one tandem, and say when to look again.

    Raises
    ------
    LostClaim
        If another worker has taken over.
    """
    with transaction(session):
        take_turns(session, session.get_one(Tandem, claim.id).programme_id)
        tandem = held(session, claim)
        programme = session.get_one(Programme, tandem.programme_id)
        coming = [duty(session, tandem, programme) for duty in DUTIES]
        following = min((each for each in coming if each is not None), default=None)
        tandem.schedule(max(following, now() + _SOONEST) if following else None)

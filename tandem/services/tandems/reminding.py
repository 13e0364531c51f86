"""Reminding of an invitation at once, because a coordinator wants it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import start_of, take_turns, today
from tandem.services.tandems.answering import AnswerTooLate
from tandem.services.tandems.finding import hold_tandem
from tandem.services.tandems.letters import has_mail, write_to
from tandem.services.tandems.showing import standing

REMINDED = "remind_of_invitation"
"""What the trail says of every reminder, whoever wanted it."""


class RemindedToday(Conflict):
    """Both were reminded today: once a day is enough."""


class NobodyToRemind(Conflict):
    """No mail reaches those who have not answered, or they want no reminders: call them."""


def remind_now(
    session: Session, key: str, *, programme: Programme, actor: Account
) -> Sequence[Side]:
    """Remind those who have not answered, once a day at most; return whom.

    Raises
    ------
    AnswerTooLate
        If the invitation is no longer open.
    RemindedToday
        If they were reminded today, by whomever.
    NobodyToRemind
        If no reminder may go to anybody.
    """
    with transaction(session):
        take_turns(session, programme.id)
        tandem = hold_tandem(session, key, programme=programme, actor=actor)
        require(can_coordinate(actor, programme.id))
        if standing(tandem) is not TandemState.INVITED:
            raise AnswerTooLate(standing(tandem))
        day = today(programme)
        if audit.is_recorded(session, REMINDED, tandem, since=start_of(day, programme)):
            raise RemindedToday
        reminded = [
            side
            for side in waits_for(tandem)
            if has_mail(tandem, side)
            and write_to(
                session,
                tandem,
                side,
                kind="invitation_reminder",
                programme=programme,
                about=day.isoformat(),
            )
        ]
        if not reminded:
            raise NobodyToRemind
        audit.record(session, REMINDED, tandem, actor=actor)
    return reminded


def waits_for(tandem: Tandem) -> Sequence[Side]:
    """Return who has not answered."""
    answers = {Side.MENTOR: tandem.mentor_yes_at, Side.MENTEE: tandem.mentee_yes_at}
    return [side for side, said_at in answers.items() if said_at is None]

"""What follows from silence: a reminder, then the end of the invitation."""

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.programmes import take_turns
from tandem.services.tandems.answering import end_invitation
from tandem.services.tandems.letters import write_to, write_to_staff
from tandem.work import Claim, held


def attend(session: Session, claim: Claim[Tandem]) -> None:
    """Remind who has not answered; once the time is over, end the invitation.

    May run twice: a mail about the same thing is queued once.

    Raises
    ------
    LostClaim
        If another worker has taken over.
    """
    with transaction(session):
        take_turns(session, session.get_one(Tandem, claim.id).programme_id)
        tandem = held(session, claim)
        programme = session.get_one(Programme, tandem.programme_id)
        if tandem.state is not TandemState.INVITED:
            tandem.schedule(None)
        elif now() >= tandem.expires_at:
            _expire(session, tandem, programme)
        else:
            _remind(session, tandem, programme)


def _remind(session: Session, tandem: Tandem, programme: Programme) -> None:
    for side in _silent(tandem):
        write_to(session, tandem, side, kind="invitation_reminder", programme=programme)
    tandem.schedule(tandem.expires_at)
    audit.record(session, "remind_of_invitation", tandem, actor=None)


def _expire(session: Session, tandem: Tandem, programme: Programme) -> None:
    end_invitation(tandem, TandemState.EXPIRED)
    for side in Side:
        write_to(session, tandem, side, kind="invitation_expired", programme=programme)
    write_to_staff(session, tandem, kind="invitation_expired", programme=programme)
    audit.record(session, "expire_invitation", tandem, actor=None)


def _silent(tandem: Tandem) -> list[Side]:
    answers = {Side.MENTOR: tandem.mentor_yes_at, Side.MENTEE: tandem.mentee_yes_at}
    return [side for side, said_at in answers.items() if said_at is None]

"""What follows from silence: a reminder, then the end of the invitation."""

from datetime import datetime

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.notices import tell_staff
from tandem.services.programmes import local_day, start_of
from tandem.services.tandems.answering import end_invitation
from tandem.services.tandems.inviting import reminder_of_invitation
from tandem.services.tandems.letters import has_mail, write_to
from tandem.services.tandems.reminding import REMINDED, waits_for


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Remind who has not answered; once the time is over, end the invitation.

    A duty (see :mod:`tandem.services.duties`).
    """
    if tandem.state is not TandemState.INVITED:
        return None
    if now() >= tandem.expires_at:
        _expire(session, tandem, programme)
        return None
    remind_at = reminder_of_invitation(tandem.created_at, programme)
    if now() < remind_at:
        return min(remind_at, tandem.expires_at)
    _remind(session, tandem, programme, since=start_of(local_day(remind_at, programme), programme))
    return tandem.expires_at


def _remind(session: Session, tandem: Tandem, programme: Programme, *, since: datetime) -> None:
    """Remind those who are silent, unless a coordinator has wanted it on that day or later."""
    is_done = audit.is_recorded(session, REMINDED, tandem, since=since)
    reminded = [
        write_to(session, tandem, side, kind="invitation_reminder", programme=programme)
        for side in waits_for(tandem)
        if not (is_done and has_mail(tandem, side))
    ]
    if any(reminded):
        audit.record(session, REMINDED, tandem, actor=None)


def _expire(session: Session, tandem: Tandem, programme: Programme) -> None:
    end_invitation(tandem, TandemState.EXPIRED)
    for side in Side:
        write_to(session, tandem, side, kind="invitation_expired", programme=programme)
    tell_staff(session, tandem, kind="invitation_expired", programme=programme)
    audit.record(session, "expire_invitation", tandem, actor=None)

"""What follows where nobody has written an agreement: one reminder to both."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Programme, Side, Tandem, TandemState
from tandem.services import audit
from tandem.services.agreements.finding import SIGN_WITHIN, in_force
from tandem.services.programmes import local_day, morning_of
from tandem.services.tandems.letters import write_to

_REMINDED: Final = "remind_of_agreement"


def attend(session: Session, tandem: Tandem, programme: Programme) -> datetime | None:
    """Remind both, once, that they have not agreed on anything yet.

    A duty (see :mod:`tandem.services.duties`).
    """
    if tandem.state is not TandemState.ACTIVE or tandem.started_at is None:
        return None
    if tandem.id in in_force(session, [tandem.id]):
        return None
    remind_at = morning_of(local_day(tandem.started_at, programme) + SIGN_WITHIN, programme)
    if now() < remind_at:
        return remind_at
    if not audit.is_recorded(session, _REMINDED, tandem):
        for side in Side:
            write_to(session, tandem, side, kind="agreement_reminder", programme=programme)
        audit.record(session, _REMINDED, tandem, actor=None)
    return None

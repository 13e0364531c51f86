"""What has a date after which nobody needs it: bodies of mails, looks, lists not taken over."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Look, Mail, MailState, Programme
from tandem.services.intake.lists import drop_forgotten

BODIES_KEPT_FOR = timedelta(days=30)
LOOKS_KEPT_FOR = timedelta(days=365)
LISTS_KEPT_FOR = timedelta(days=30)


def empty_mails(session: Session, programme: Programme, instant: datetime) -> int:
    """Empty the bodies of mails that left, or failed for good, long ago; return how many."""
    over = sa.func.coalesce(Mail.sent_at, Mail.created_at) <= instant - BODIES_KEPT_FOR
    emptied = session.scalars(
        sa.update(Mail)
        .where(
            Mail.programme_id == programme.id,
            Mail.state != MailState.QUEUED,
            over,
            (Mail.text != "") | (Mail.html != "") | (Mail.calendar != ""),
        )
        .values(text="", html="", calendar="")
        .returning(Mail.id)
    )
    return len(emptied.all())


def drop_looks(session: Session, programme: Programme, instant: datetime) -> int:
    """Forget who looked at whose profile long ago; return how many looks."""
    gone = session.scalars(
        sa.delete(Look)
        .where(Look.programme_id == programme.id, Look.created_at <= instant - LOOKS_KEPT_FOR)
        .returning(Look.id)
    )
    return len(gone.all())


def drop_lists(session: Session, programme: Programme, instant: datetime) -> int:
    """Drop lists that were brought long ago and never taken over; return how many."""
    return drop_forgotten(session, programme, before=instant - LISTS_KEPT_FOR)

"""Mails of people who are erased: those to them, and those that name them to others."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Mail, MailState, Programme
from tandem.services.digests import take_back
from tandem.services.mails import is_to


def drop_mails(
    session: Session, account: Account, *, programme: Programme, tandem_keys: Sequence[str]
) -> int:
    """Delete the mails of a programme to somebody or about them; return how many.

    A mail to somebody else that waits to leave is deleted where it is about a tandem with
    them or holds their address; where it only holds the same name, it may be about another.
    """
    take_back(session, tandem_keys, programme=programme)
    about = [Mail.dedup_key.endswith(f":{key}", autoescape=True) for key in tandem_keys]
    named = _mention(account.name)
    theirs = sa.or_(
        is_to(account),
        *about,
        _mention(account.email),
        named & (Mail.state != MailState.QUEUED),
    )
    found = session.scalars(
        sa.delete(Mail).where(Mail.programme_id == programme.id, theirs).returning(Mail.id)
    )
    return len(found.all())


def _mention(text: str) -> sa.ColumnElement[bool]:
    return Mail.subject.contains(text, autoescape=True) | Mail.text.contains(text, autoescape=True)

"""Mails: queued with the change that is their reason, sent after it was committed."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import mail
from tandem.clock import now
from tandem.models import Account, Mail, Programme, Token
from tandem.models.base import new_key


def queue_mail(
    session: Session,
    kind: str,
    to: Account,
    *,
    programme: Programme,
    about: str,
    token: Token | None = None,
    **values: object,
) -> None:
    """Put a mail into the outbox; call it inside the transaction that is its reason.

    Parameters
    ----------
    session : Session
        In a transaction.
    kind : str
        Name of the template in ``templates/emails``.
    to : Account
        Whom to write to, in their language.
    programme : Programme
        For which programme.
    about : str
        What this mail is about, such as the key of a tandem: a second mail of the same
        kind about the same thing to the same person is not queued.
    token : Token, optional
        Whose secret part goes into the mail when it leaves.
    **values
        What the template needs besides ``programme`` and ``person``.
    """
    dedup_key = f"{kind}:{to.id}:{about}"
    if session.scalar(sa.select(Mail.id).where(Mail.dedup_key == dedup_key)) is not None:
        return
    content = mail.render(
        kind, to.locale, programme=programme, person=to, base=mail.BASE, token=token, **values
    )
    session.add(
        Mail(
            programme_id=programme.id,
            kind=kind,
            dedup_key=dedup_key,
            message_id=f"<{new_key()}@{programme.slug}.tandem>",
            to_address=to.email,
            locale=to.locale,
            subject=content.subject,
            text=content.text,
            html=content.html,
            token=token,
            due_at=now(),
        )
    )

"""Mails: queued with the change that is their reason, sent after it was committed."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import mail
from tandem.clock import now
from tandem.config import Settings
from tandem.db import transaction
from tandem.models import Account, Mail, MailState, Programme, Token
from tandem.models.base import new_key
from tandem.services.tokens import secret_of
from tandem.work import Claim, LostClaim, held

Deliver = Callable[[EmailMessage], None]
"""Hands a mail over; raises OSError where it may work later, RefusedForGood where never."""

_PATIENCE = timedelta(hours=48)
_LONGEST_PROBLEM = 300
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def queue_mail(
    session: Session,
    kind: str,
    to: Account,
    *,
    programme: Programme,
    about: str,
    token: Token | None = None,
    address: str | None = None,
    calendar: str = "",
    **values: object,
) -> bool:
    """Put a mail into the outbox; call it inside the transaction that is its reason.

    Whoever has no address gets none.

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
    address : str, optional
        Where it goes, if not to the address of the account: to the one it had, or is to have.
    calendar : str
        An entry for their calendar that goes with it (RFC 5546).
    **values
        What the template needs besides ``programme`` and ``person``.

    Returns
    -------
    bool
        Whether it is new: false where there is no address, or the mail was queued before.
    """
    if not to.has_email:
        return False
    dedup_key = f"{kind}:{to.id}:{about}"
    if session.scalar(sa.select(Mail.id).where(Mail.dedup_key == dedup_key)) is not None:
        return False
    content = mail.render(
        kind, to.locale, programme=programme, person=to, base=mail.BASE, token=token, **values
    )
    session.add(
        Mail(
            programme_id=programme.id,
            kind=kind,
            dedup_key=dedup_key,
            message_id=f"<{new_key()}@{programme.slug}.tandem>",
            to_address=address or to.email,
            locale=to.locale,
            subject=content.subject,
            text=content.text,
            html=content.html,
            calendar=calendar,
            token=token,
            due_at=now(),
        )
    )
    return True


def is_to(account: Account) -> sa.ColumnElement[bool]:
    """Whether a mail was written to somebody, whatever their address was then."""
    return Mail.dedup_key.like(Mail.kind + f":{account.id}:%")


class RefusedForGood(Exception):
    """The mail server will never take this mail; the message says why."""


def send(session: Session, claim: Claim[Mail], *, settings: Settings, deliver: Deliver) -> None:
    """Deliver one claimed mail and write down what became of it.

    Delivery happens outside any transaction, so a crash in between sends it again: at
    least once, never not at all. A server that cannot take it now is tried again, later
    and later, for 48 hours.
    """
    mail_ = session.get(Mail, claim.id)
    if mail_ is None or mail_.fence != claim.fence:  # whom it named was erased meanwhile
        raise LostClaim
    message = _message(mail_, settings)
    session.rollback()
    try:
        deliver(message)
    except RefusedForGood as refusal:
        _finish(session, claim, MailState.FAILED, problem=str(refusal))
    except OSError as error:
        _try_again(session, claim, problem=f"{type(error).__name__}: {error}")
    else:
        _finish(session, claim, MailState.SENT, problem="")


def _message(mail_: Mail, settings: Settings) -> EmailMessage:
    """Put a mail together; the secret part of its link exists only in what is returned."""
    secret = secret_of(mail_.token, secret_key=settings.secret_key) if mail_.token else ""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail_.to_address
    message["Subject"] = mail_.subject
    message["Message-ID"] = mail_.message_id
    message["Date"] = format_datetime(mail_.created_at)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(filled(mail_.text, settings.public_base_url, secret))
    message.add_alternative(filled(mail_.html, settings.public_base_url, secret), subtype="html")
    if mail_.calendar:
        _add_calendar(message, mail_.calendar)
    return message


def _add_calendar(message: EmailMessage, entry: str) -> None:
    """Put an entry in as calendars look for it: as a way to read the mail, and as a file."""
    found = _METHOD.search(entry)
    method = found[1] if found else "PUBLISH"
    message.add_alternative(entry, subtype="calendar", params={"method": method})
    message.add_attachment(
        entry.encode(), maintype="application", subtype="ics", filename="meeting.ics"
    )


def filled(body: str, base: str, secret: str) -> str:
    """Return a mail's body with the address of the service and the secret of its link."""
    return body.replace(mail.BASE, base).replace(mail.SECRET, secret)


def _finish(session: Session, claim: Claim[Mail], state: MailState, *, problem: str) -> None:
    with transaction(session):
        mail_ = held(session, claim)
        mail_.state = state
        mail_.problem = problem[:_LONGEST_PROBLEM]
        mail_.sent_at = now() if state is MailState.SENT else None
        mail_.schedule(None)


def _try_again(session: Session, claim: Claim[Mail], *, problem: str) -> None:
    with transaction(session):
        mail_ = held(session, claim)
        mail_.problem = problem[:_LONGEST_PROBLEM]
        if now() - mail_.created_at > _PATIENCE:
            mail_.state = MailState.FAILED
            mail_.schedule(None)
        else:
            mail_.put_off(now())

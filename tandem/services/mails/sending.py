"""Send what is in the outbox: at least once, one mail at a time."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlalchemy.orm import Session

from tandem import mail
from tandem.clock import now
from tandem.config import Settings
from tandem.db import transaction
from tandem.models import Mail, MailState, Programme
from tandem.services.mails.problems import RefusedForGood, ServerAway, Undelivered
from tandem.services.mails.stopping import Unparted, ways_out
from tandem.services.tokens import secret_of
from tandem.text import Unclean, reachable_address
from tandem.work import Claim, LostClaim, held

Deliver = Callable[[EmailMessage], None]
"""Hands a mail over; raises :class:`Undelivered` where it was not taken."""

LEASE = timedelta(minutes=3)
"""How long one worker keeps a mail: longer than handing it over may take."""
_PATIENCE = timedelta(hours=48)
_LONGEST_WAIT_FOR_SERVER = timedelta(minutes=15)
_LONGEST_PROBLEM = 300
_POLICY = Unparted()
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def send(session: Session, claim: Claim[Mail], *, settings: Settings, deliver: Deliver) -> bool:
    """Deliver one claimed mail, write down what became of it; say whether the server is there.

    Delivery happens outside any transaction, so a crash in between sends it again: at
    least once, never not at all, and always under the same Message-ID. What the server
    cannot take now is tried again, later and later, for 48 hours.
    """
    message = write_out(session, claim, settings=settings)
    problem = attempt(deliver, message)
    return settle_attempt(session, claim, problem, secret_key=settings.secret_key)


def write_out(session: Session, claim: Claim[Mail], *, settings: Settings) -> EmailMessage:
    """Return a claimed mail as it goes out, and let go of the database.

    Raises
    ------
    LostClaim
        If another worker has taken over, or whom it named was erased meanwhile.
    """
    letter = session.get(Mail, claim.id)
    if letter is None or letter.fence != claim.fence:
        raise LostClaim
    secret = secret_in(letter, secret_key=settings.secret_key)
    message = _message(session, letter, settings, secret=secret)
    session.rollback()
    return message


def attempt(deliver: Deliver, message: EmailMessage) -> Undelivered | None:
    """Hand a mail over; return what was wrong, if anything was."""
    try:
        deliver(message)
    except Undelivered as problem:
        return problem
    return None


def settle_attempt(
    session: Session, claim: Claim[Mail], problem: Undelivered | None, *, secret_key: str
) -> bool:
    """Write down what became of a mail; say whether the mail server is there.

    Raises
    ------
    LostClaim
        If another worker has taken over.
    """
    with transaction(session):
        letter = held(session, claim)
        if problem is None:
            _finish(letter, MailState.SENT)
        else:
            letter.problem = _told(problem, secret_in(letter, secret_key=secret_key))
            if isinstance(problem, RefusedForGood) or now() - letter.created_at > _PATIENCE:
                _finish(letter, MailState.FAILED)
            else:
                longest = _LONGEST_WAIT_FOR_SERVER if isinstance(problem, ServerAway) else None
                letter.put_off(now(), longest=longest)
    return not isinstance(problem, ServerAway)


def secret_in(letter: Mail, *, secret_key: str) -> str:
    """Return the secret part of a mail's link, if it has one; it is derived and kept nowhere."""
    return secret_of(letter.token, secret_key=secret_key) if letter.token else ""


def _finish(letter: Mail, state: MailState) -> None:
    letter.state = state
    if state is MailState.SENT:
        letter.problem, letter.sent_at = "", now()
    letter.schedule(None)


def _message(session: Session, letter: Mail, settings: Settings, *, secret: str) -> EmailMessage:
    """Put a mail together; the secret part of its link exists only in what is returned."""
    base = settings.public_base_url
    message = EmailMessage(policy=_POLICY)
    message["From"] = settings.mail_from
    message["To"] = _reachable(letter.to_address)
    message["Subject"] = letter.subject
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.created_at)
    message["Auto-Submitted"] = "auto-generated"
    if letter.programme_id is not None:
        programme = session.get_one(Programme, letter.programme_id)
        ways = ways_out(letter, programme, base=base, secret_key=settings.secret_key)
        for name, value in ways.items():
            message[name] = value
    message.set_content(filled(letter.text, base, secret))
    message.add_alternative(filled(letter.html, base, secret), subtype="html")
    if letter.calendar:
        _add_calendar(message, letter.calendar)
    _part_always_alike(message, letter)
    return message


def _add_calendar(message: EmailMessage, entry: str) -> None:
    """Put an entry in as calendars look for it: as a way to read the mail, and as a file."""
    found = _METHOD.search(entry)
    method = found[1] if found else "PUBLISH"
    message.add_alternative(entry, subtype="calendar", params={"method": method})
    message.add_attachment(
        entry.encode(), maintype="application", subtype="ics", filename="meeting.ics"
    )


def _part_always_alike(message: EmailMessage, letter: Mail) -> None:
    """Mark where parts begin in the same way each time, so that a mail sent again is the same."""
    several = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(several):
        part.set_boundary(f"=={letter.key}-{number}==")


def filled(body: str, base: str, secret: str) -> str:
    """Return a mail's body with the address of the service and the secret of its link."""
    return body.replace(mail.BASE, base).replace(mail.SECRET, secret)


def _reachable(address: str) -> str:
    """Return an address as mail servers know it; one that is none is theirs to refuse."""
    if address.isascii():
        return address
    try:
        return reachable_address(address)
    except Unclean:
        return address


def _told(problem: Undelivered, secret: str) -> str:
    """Return what is kept about a problem: never the secret part of a link."""
    text = str(problem).replace(secret, "…") if secret else str(problem)
    return " ".join(text.split())[:_LONGEST_PROBLEM]

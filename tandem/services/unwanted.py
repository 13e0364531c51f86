"""Mails that somebody wants no more: stopped by the link in their header."""

from sqlalchemy.orm import Session

from tandem.mail import Stop, kind_of
from tandem.models import Account, Mail, Programme, Rhythm
from tandem.services import digests, mails
from tandem.services.tokens import LinkRefused


def find_unwanted(session: Session, link: str, *, programme: Programme, secret_key: str) -> Mail:
    """Return the mail whose kind this link stops; that changes nothing.

    Raises
    ------
    LinkRefused
        If it stops nothing, or its reader has no account any more.
    """
    letter = mails.find_stoppable(session, link, programme=programme, secret_key=secret_key)
    if _reader(session, letter).disabled_at is not None:
        raise LinkRefused
    return letter


def stop(session: Session, link: str, *, programme: Programme, secret_key: str) -> Mail:
    """Stop mails of the kind that this link is of, as the reader could after signing in.

    Stopped twice, they are stopped.

    Raises
    ------
    LinkRefused
        As :func:`find_unwanted`.
    NotAllowed
        If the reader is nothing in the programme any more, and gets none anyway.
    """
    letter = find_unwanted(session, link, programme=programme, secret_key=secret_key)
    reader = _reader(session, letter)
    if is_digest(letter):
        digests.choose_rhythm(session, Rhythm.NEVER, programme=programme, actor=reader)
    else:
        mails.choose_reminders(session, wanted=False, programme=programme, actor=reader)
    return letter


def is_digest(letter: Mail) -> bool:
    """Whether a mail tells those who coordinate what happens; else it is a reminder."""
    return kind_of(letter.kind).stop is Stop.DIGEST


def _reader(session: Session, letter: Mail) -> Account:
    return session.get_one(Account, mails.reader_id(letter))

"""Put mails into the outbox."""

from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
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
    address: str | None = None,
    calendar: str = "",
    **values: object,
) -> bool:
    """Put a mail into the outbox; call it inside the transaction that is its reason.

    Whoever has no address or no account any more gets none, whoever wants no reminders gets
    no reminder.

    Parameters
    ----------
    session : Session
        In a transaction.
    kind : str
        Name of the template in ``templates/emails``, and of its line in ``tandem.mail.KINDS``.
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
        Whether it is new: false where nothing was queued, or the mail was before.
    """
    if not to.has_email or to.disabled_at is not None or _is_unwanted(kind, to, programme):
        return False
    if token is not None:
        session.flush()
    content = mail.render(
        kind, to.locale, programme=programme, person=to, base=mail.BASE, token=token, **values
    )
    return _insert(
        session,
        programme_id=programme.id,
        kind=kind,
        dedup_key=f"{kind}:{to.id}:{about}",
        message_id=new_message_id(programme),
        to_address=address or to.email,
        locale=to.locale,
        subject=content.subject,
        text=content.text,
        html=content.html,
        calendar=calendar,
        token_id=token.id if token else None,
        due_at=now(),
    )


def _insert(session: Session, **values: object) -> bool:
    """Write a mail down unless there is one under its key, at whatever moment; say whether."""
    return session.scalar(_INSERT[session.get_bind().dialect.name], values) is not None


def _unless_there(insert: Callable[..., Any]) -> sa.Executable:
    table = Mail.__table__
    new: sa.Executable = (
        insert(table).on_conflict_do_nothing(index_elements=["dedup_key"]).returning(table.c.id)
    )
    return new


_INSERT: Final = {
    "sqlite": _unless_there(sqlite.insert),
    "postgresql": _unless_there(postgresql.insert),
}
"""Made once: it is written for every mail."""


def is_to(account: Account) -> sa.ColumnElement[bool]:
    """Whether a mail was written to somebody, whatever their address was then."""
    return Mail.dedup_key.like(Mail.kind + f":{account.id}:%")


def reader_id(letter: Mail) -> int:
    """Return the id of the account that a mail was written to."""
    return int(letter.dedup_key.removeprefix(f"{letter.kind}:").partition(":")[0])


def new_message_id(programme: Programme) -> str:
    """Return a Message-ID that nothing else has."""
    return f"<{new_key()}@{programme.slug}.tandem>"


def wants_quiet(account: Account, programme: Programme) -> bool:
    """Whether somebody has turned reminders of a programme off."""
    return any(
        membership.quiet_at is not None
        for membership in account.memberships
        if membership.programme_id == programme.id
    )


def _is_unwanted(kind: str, to: Account, programme: Programme) -> bool:
    return mail.kind_of(kind).stop is mail.Stop.REMINDERS and wants_quiet(to, programme)

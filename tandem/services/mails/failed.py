"""Mails that did not arrive, for those who coordinate: whom to call, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.mail import Stop, kind_of
from tandem.models import (
    Account,
    AuditEvent,
    Mail,
    MailState,
    Membership,
    Mentee,
    Mentor,
    Programme,
)
from tandem.services import audit
from tandem.services.mails.problems import Problem, answer_to, problem_of
from tandem.services.mails.queueing import new_message_id, reader_id
from tandem.services.permissions import can_coordinate, require, require_known
from tandem.services.programmes import take_turns

_SETTLE = "settle_mail"
_AGAIN = "again-"
"""Begins what a mail is about that was written once more, before the id of the one before."""
_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Failed:
    """One mail that did not arrive."""

    key: str
    kind: str
    written_at: datetime
    to_address: str
    reader: Account
    person_key: str | None
    """Of the mentor or mentee whose page says more; none: somebody of the staff."""
    problem: Problem
    answer: str
    """What the other server said, in its own words."""
    can_be_sent_again: bool


def list_failed(session: Session, programme: Programme, *, actor: Account) -> Sequence[Failed]:
    """Return the mails of a programme that did not arrive and that nobody has dealt with.

    The newest come first, a hundred at most.
    """
    require(can_coordinate(actor, programme.id))
    query = sa.select(Mail).where(Mail.programme_id == programme.id, is_open())
    mails = session.scalars(query.order_by(Mail.id.desc()).limit(_MOST)).all()
    readers = _readers(session, {reader_id(mail) for mail in mails})
    keys = _person_keys(session, programme, set(readers))
    return [
        Failed(
            key=mail.key,
            kind=mail.kind,
            written_at=mail.created_at,
            to_address=mail.to_address,
            reader=readers[reader_id(mail)],
            person_key=keys.get(reader_id(mail)),
            problem=problem_of(mail),
            answer=answer_to(mail),
            can_be_sent_again=_may_be_repeated(mail),
        )
        for mail in mails
        if reader_id(mail) in readers
    ]


def settle(session: Session, key: str, *, programme: Programme, actor: Account) -> None:
    """Take a mail that did not arrive off the list: somebody has dealt with it."""
    with transaction(session):
        _settle(session, key, programme=programme, actor=actor)


def send_again(session: Session, key: str, *, programme: Programme, actor: Account) -> str:
    """Write a mail that did not arrive once more, to the address that its reader has now.

    Returns
    -------
    str
        That address.
    """
    with transaction(session):
        mail = _settle(session, key, programme=programme, actor=actor)
        require_known(_may_be_repeated(mail))
        reader = session.get_one(Account, reader_id(mail))
        prefix = f"{mail.kind}:{reader.id}:"
        about = mail.dedup_key.removeprefix(prefix)
        if about.startswith(_AGAIN):
            about = about.partition(":")[2]
        session.add(
            Mail(
                programme_id=programme.id,
                kind=mail.kind,
                dedup_key=f"{prefix}{_AGAIN}{mail.id}:{about}",
                message_id=new_message_id(programme),
                to_address=reader.email,
                locale=mail.locale,
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                calendar=mail.calendar,
                token=mail.token,
                due_at=now(),
            )
        )
        return reader.email


def _settle(session: Session, key: str, *, programme: Programme, actor: Account) -> Mail:
    require(can_coordinate(actor, programme.id))
    query = sa.select(Mail.id).where(Mail.programme_id == programme.id, Mail.key == key, is_open())
    take_turns(session, programme.id)
    mails = lock(session, Mail, session.scalars(query).all())
    require_known(bool(mails))
    audit.record(session, _SETTLE, mails[0], actor=actor)
    return mails[0]


def is_open() -> sa.ColumnElement[bool]:
    """Whether a mail did not arrive and nobody has dealt with it."""
    settled = sa.exists().where(
        AuditEvent.subject_kind == Mail.__tablename__,
        AuditEvent.subject_id == Mail.id,
        AuditEvent.action == _SETTLE,
    )
    return (Mail.state == MailState.FAILED) & ~settled


def _may_be_repeated(mail: Mail) -> bool:
    """Whether a mail may go to another address than it did.

    Not where it proves an address, nor once its words were not kept any longer.
    """
    return kind_of(mail.kind).stop is not Stop.ONCE and mail.text != ""


def _readers(session: Session, ids: set[int]) -> dict[int, Account]:
    query = sa.select(Account).where(Account.id.in_(ids)).order_by(Account.id)
    return {account.id: account for account in session.scalars(query)}


def _person_keys(session: Session, programme: Programme, ids: set[int]) -> dict[int, str]:
    """Return under which key the page of somebody's profile stands, by their account."""
    keys: dict[int, str] = {}
    for model in (Mentor, Mentee):
        query = (
            sa.select(Membership.account_id, model.key)
            .join(Membership, Membership.id == model.membership_id)
            .where(model.programme_id == programme.id, Membership.account_id.in_(ids))
            .order_by(model.id)
        )
        keys.update((row.account_id, row.key) for row in session.execute(query))
    return keys

"""Digests: what happened, gathered into one mail for each of those who coordinate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.models import (
    Account,
    Digest,
    Mail,
    MailState,
    Membership,
    Mentee,
    Mentor,
    Notice,
    Programme,
    Rhythm,
    Role,
    Tandem,
)
from tandem.services.mails import queue_mail
from tandem.services.notices import digest_of, untold, when_to_tell
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns
from tandem.work import Claim, held

KIND = "digest"
_MOST_TOLD = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that happened, as a mail tells it."""

    kind: str
    tandem_key: str
    mentor: str
    mentee: str


def attend(session: Session, claim: Claim[Digest]) -> None:
    """Write one mail with everything that somebody has yet to be told.

    What is told and that it was told are one transaction, in the programme's turn: nothing
    is told twice, and nothing is lost, whenever it is interrupted and whatever else happens.

    Raises
    ------
    LostClaim
        If another worker has taken over.
    """
    with transaction(session):
        programme = session.get_one(Programme, session.get_one(Digest, claim.id).programme_id)
        take_turns(session, programme.id)
        digest = held(session, claim)
        waiting = session.scalars(untold(digest).options(*_WITH_NAMES)).all()
        reader = _reader(session, digest)
        if reader is not None and waiting:
            _tell(session, waiting, reader=reader, programme=programme)
        for notice in waiting:
            notice.told_at = now()
        digest.schedule(None)


def choose_rhythm(
    session: Session, rhythm: Rhythm, *, programme: Programme, actor: Account
) -> None:
    """Say how often one who coordinates wants to be told; from never on, nothing waits."""
    with transaction(session):
        require(can_coordinate(actor, programme.id))
        take_turns(session, programme.id)
        digest = digest_of(session, _staff_membership(session, programme, actor))
        lock(session, Digest, [digest.id])
        digest.rhythm = rhythm
        waiting = session.scalars(untold(digest)).all()
        if rhythm is Rhythm.NEVER:
            for notice in waiting:
                notice.told_at = now()
        digest.schedule(when_to_tell(digest, programme) if waiting else None)


def get_rhythm(session: Session, *, programme: Programme, actor: Account) -> Rhythm:
    """Return how often one who coordinates wants to be told."""
    require(can_coordinate(actor, programme.id))
    membership = _staff_membership(session, programme, actor)
    query = sa.select(Digest.rhythm).where(Digest.membership_id == membership.id)
    return session.scalar(query) or Rhythm.DAILY


def take_back(session: Session, tandem_keys: Sequence[str], *, programme: Programme) -> None:
    """Take back digests that have not left and tell of these tandems: they are written anew.

    For when somebody is erased; the new one does not name them.
    """
    links = [Mail.text.contains(f"/tandems/{key}", autoescape=True) for key in tandem_keys]
    theirs = sa.select(Mail.dedup_key, Mail.created_at, Mail.id).where(
        Mail.programme_id == programme.id,
        Mail.kind == KIND,
        Mail.state == MailState.QUEUED,
        sa.or_(sa.false(), *links),
    )
    for dedup_key, written_at, mail_id in session.execute(theirs.order_by(Mail.id)).all():
        _reopen(session, int(dedup_key.rpartition(":")[2]), since=written_at)
        session.execute(sa.delete(Mail).where(Mail.id == mail_id))


def _reopen(session: Session, last_notice_id: int, *, since: datetime) -> None:
    last = session.get_one(Notice, last_notice_id)
    told = sa.update(Notice).where(
        Notice.digest_id == last.digest_id, Notice.told_at >= since, Notice.id <= last.id
    )
    session.execute(told.values(told_at=None))
    session.get_one(Digest, last.digest_id).schedule(now())


def _tell(
    session: Session, waiting: Sequence[Notice], *, reader: Account, programme: Programme
) -> None:
    told = [
        Line(
            kind=notice.kind,
            tandem_key=notice.tandem.key,
            mentor=notice.tandem.mentor.name,
            mentee=notice.tandem.mentee.name,
        )
        for notice in waiting
    ]
    lines = list(dict.fromkeys(told))  # whoever is to be called twice is called once
    queue_mail(
        session,
        KIND,
        reader,
        programme=programme,
        about=str(waiting[-1].id),
        count=len(lines),
        lines=lines[:_MOST_TOLD],
    )


def _reader(session: Session, digest: Digest) -> Account | None:
    """Return who is told, unless they coordinate no longer."""
    query = (
        sa.select(Account)
        .join(Membership)
        .where(
            Membership.id == digest.membership_id,
            Membership.role == Role.COORDINATOR,
            Account.disabled_at.is_(None),
        )
    )
    return session.scalars(query).one_or_none()


def _staff_membership(session: Session, programme: Programme, actor: Account) -> Membership:
    query = sa.select(Membership).where(
        Membership.programme_id == programme.id,
        Membership.account_id == actor.id,
        Membership.role == Role.COORDINATOR,
    )
    return session.scalars(query).one()


_WITH_NAMES = tuple(
    joinedload(Notice.tandem)
    .joinedload(side)
    .joinedload(model.membership)
    .joinedload(Membership.account)
    for side, model in ((Tandem.mentor, Mentor), (Tandem.mentee, Mentee))
)

"""Notices: what happened in a tandem, kept for those who coordinate until they are told.

Each of them chose how often: once a day, at once, or never. What is told leaves as one
mail (see :mod:`tandem.services.digests`), so that no flood buries what matters.
"""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.mail import has_notice
from tandem.models import Digest, Membership, Notice, Programme, Rhythm, Role, Tandem
from tandem.services.programmes import at_local_time, local_day

_HOUR = time(7)


class NoSuchNotice(LookupError):
    """A kind of notice without a sentence: write ``templates/emails/notices/KIND.txt``."""


def tell_staff(session: Session, tandem: Tandem, *, kind: str, programme: Programme) -> bool:
    """Keep for everyone who coordinates that something happened in a tandem.

    Call it inside the transaction in which it happened, in the programme's turn. What waits
    to be told is not kept twice.

    Parameters
    ----------
    session : Session
        In a transaction.
    tandem : Tandem
        In which it happened.
    kind : str
        Name of the sentence in ``templates/emails/notices``.
    programme : Programme
        The tandem's.

    Returns
    -------
    bool
        Whether somebody is told who would not have been.

    Raises
    ------
    NoSuchNotice
        If there is no sentence for it.
    """
    if not has_notice(kind):
        raise NoSuchNotice(kind)
    told = [
        _keep(session, digest, tandem, kind=kind)
        for digest in _digests(session, tandem, programme)
        if digest.rhythm is not Rhythm.NEVER
    ]
    return any(told)


def digest_of(session: Session, membership: Membership) -> Digest:
    """Return the wish of one who coordinates; the first time, the usual one."""
    query = sa.select(Digest).where(Digest.membership_id == membership.id)
    digest = session.scalars(query).one_or_none()
    if digest is None:
        digest = Digest(
            programme_id=membership.programme_id,
            membership_id=membership.id,
            rhythm=Rhythm.DAILY,
        )
        session.add(digest)
        session.flush()
    return digest


def when_to_tell(digest: Digest, programme: Programme) -> datetime | None:
    """Return when somebody wants to be told of what waits now."""
    if digest.rhythm is Rhythm.NEVER:
        return None
    if digest.rhythm is Rhythm.AT_ONCE:
        return now()
    day = local_day(now(), programme)
    morning = at_local_time(day, _HOUR, programme)
    return morning if now() < morning else at_local_time(day + timedelta(days=1), _HOUR, programme)


def untold(digest: Digest) -> sa.Select[Notice]:
    """Return what one who coordinates has yet to be told, in the order in which it happened."""
    query = sa.select(Notice).where(Notice.digest_id == digest.id, Notice.told_at.is_(None))
    return query.order_by(Notice.id)


def _digests(session: Session, tandem: Tandem, programme: Programme) -> list[Digest]:
    """Return the wishes of those who coordinate, but not of who is one of the two themselves."""
    two = [each.membership.account_id for each in (tandem.mentor, tandem.mentee)]
    query = (
        sa.select(Membership)
        .where(
            Membership.programme_id == programme.id,
            Membership.role == Role.COORDINATOR,
            Membership.account_id.not_in(two),
        )
        .order_by(Membership.id)
    )
    return [digest_of(session, membership) for membership in session.scalars(query)]


def _keep(session: Session, digest: Digest, tandem: Tandem, *, kind: str) -> bool:
    waiting = untold(digest).where(Notice.tandem_id == tandem.id, Notice.kind == kind)
    if session.scalars(waiting).first() is not None:
        return False
    session.add(
        Notice(
            programme_id=tandem.programme_id, digest_id=digest.id, tandem_id=tandem.id, kind=kind
        )
    )
    if digest.due_at is None:
        programme = session.get_one(Programme, tandem.programme_id)
        digest.schedule(when_to_tell(digest, programme))
    return True

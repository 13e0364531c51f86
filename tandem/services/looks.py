"""Looks: which of the staff saw whose profile, so that the person can see it (TRUST A7)."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, Look, Mentee, Mentor, Proposal

_SAME_LOOK = timedelta(minutes=1)


def note_look(
    session: Session,
    *people: Mentor | Mentee,
    account: Account,
    proposal: Proposal | None = None,
) -> None:
    """Write down that a member of the staff just saw what people say about themselves.

    It is a short transaction of its own: call it when the page is made, since whatever the
    session has read is forgotten then. Looking again within a minute is the same look, unless
    it is on the page of another proposal.
    """
    seen = [_row(person, account=account, proposal=proposal) for person in people]
    if not _new(session, seen):
        return
    with transaction(session):
        session.add_all(Look(**row) for row in _new(session, seen))


def list_looks(session: Session, person: Mentor | Mentee, *, most: int = 100) -> Sequence[Look]:
    """Return who looked at a person's profile, the last look first."""
    theirs = Look.mentor_id if isinstance(person, Mentor) else Look.mentee_id
    query = (
        sa.select(Look)
        .where(Look.programme_id == person.programme_id, theirs == person.id)
        .options(joinedload(Look.account))
        .order_by(Look.id.desc())
        .limit(most)
    )
    return session.scalars(query).all()


def _row(
    person: Mentor | Mentee, *, account: Account, proposal: Proposal | None
) -> dict[str, int | None]:
    return {
        "programme_id": person.programme_id,
        "account_id": account.id,
        "mentor_id": person.id if isinstance(person, Mentor) else None,
        "mentee_id": person.id if isinstance(person, Mentee) else None,
        "proposal_id": proposal.id if proposal else None,
    }


def _new(session: Session, seen: Collection[dict[str, int | None]]) -> list[dict[str, int | None]]:
    """Return the looks of which there was none within the last minute."""
    columns = (Look.account_id, Look.mentor_id, Look.mentee_id, Look.proposal_id)
    query = (
        sa.select(*columns)
        .where(
            Look.programme_id.in_({row["programme_id"] for row in seen}),
            Look.account_id.in_({row["account_id"] for row in seen}),
            Look.created_at > now() - _SAME_LOOK,
        )
        .order_by(Look.id)
    )
    known = {tuple(row) for row in session.execute(query)}
    names = [column.key for column in columns]
    return [row for row in seen if tuple(row[name] for name in names) not in known]

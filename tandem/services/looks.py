"""Looks: which of the staff saw whose profile, so that the person can see it (TRUST A7)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Account, Look, Mentee, Mentor, Proposal

_SAME_LOOK = timedelta(minutes=1)
_Column: TypeAlias = InstrumentedAttribute[Any]


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
    new = sa.union_all(*(_unless_known(row, at=now()) for row in seen))
    if not session.execute(new).all():
        return
    with transaction(session):
        session.execute(sa.insert(Look).from_select(list(new.selected_columns.keys()), new))


def note_export(session: Session, people: Sequence[Mentor | Mentee], *, account: Account) -> None:
    """Write down that a member of the staff took along what many people say about themselves."""
    rows = [
        {column.key: value for column, value in _row(one, account=account, proposal=None).items()}
        for one in people
    ]
    if rows:
        with transaction(session):
            session.execute(sa.insert(Look), rows)


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
) -> Mapping[_Column, int | None]:
    return {
        Look.programme_id: person.programme_id,
        Look.account_id: account.id,
        Look.mentor_id: person.id if isinstance(person, Mentor) else None,
        Look.mentee_id: person.id if isinstance(person, Mentee) else None,
        Look.proposal_id: proposal.id if proposal else None,
    }


def _unless_known(row: Mapping[_Column, int | None], *, at: datetime) -> sa.Select[Any]:
    """Return a look as a row, or no row where there is the same one within the last minute."""
    known = sa.exists().where(
        Look.created_at > at - _SAME_LOOK,
        *(column.is_not_distinct_from(value) for column, value in row.items()),
    )
    values = {**row, Look.created_at: at}
    return sa.select(
        *(sa.literal(value, column.type).label(column.key) for column, value in values.items())
    ).where(~known)

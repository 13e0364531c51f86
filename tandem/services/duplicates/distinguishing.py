"""Distinguishing: two entries look like one person, and a coordinator says that they are two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from tandem.db import transaction
from tandem.errors import NotFound
from tandem.models import Account, Distinction, Membership, Mentee, Mentor, Programme
from tandem.services import audit
from tandem.services.people import get_person
from tandem.services.permissions import can_coordinate, is_involved, require
from tandem.services.programmes import take_turns

MOST_LISTED = 200


@dataclass(frozen=True, kw_only=True)
class Known:
    """One of two who are known to be two."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Apart:
    """Two people, by whom and when they were told apart."""

    one: Known
    other: Known
    by: str
    at: datetime


def distinguish(
    session: Session, one_key: str, other_key: str, *, programme: Programme, actor: Account
) -> None:
    """Remember that two entries are two people; twice is once.

    Raises
    ------
    NotFound
        If the programme has no such people, or they are one entry.
    NotAllowed
        If ``actor`` is one of them.
    """
    with transaction(session):
        one, other = _two(session, one_key, other_key, programme=programme, actor=actor)
        if session.scalar(_row(one, other)) is not None:
            return
        made = Distinction(
            programme_id=programme.id, one_id=one, other_id=other, account_id=actor.id
        )
        session.add(made)
        audit.record(
            session, "distinguish", made, actor=actor, details={"one": one, "other": other}
        )


def confuse(
    session: Session, one_key: str, other_key: str, *, programme: Programme, actor: Account
) -> None:
    """Take back that two are two, so that they are shown again; twice is once.

    Raises
    ------
    NotFound, NotAllowed
        As :func:`distinguish` does.
    """
    with transaction(session):
        one, other = _two(session, one_key, other_key, programme=programme, actor=actor)
        found = session.scalar(_row(one, other))
        if found is None:
            return
        audit.record(session, "confuse", found, actor=actor, details={"one": one, "other": other})
        session.delete(found)


def list_distinctions(session: Session, programme: Programme, *, actor: Account) -> Sequence[Apart]:
    """Return the pairs that were told apart, the last one first."""
    require(can_coordinate(actor, programme.id))
    writer = aliased(Account)
    one, other = _Side(), _Side()
    query = (
        sa.select(
            *one.columns("one"), *other.columns("other"),
            writer.first_name, writer.last_name, Distinction.created_at,
        )
        .select_from(Distinction)
        .join(writer, writer.id == Distinction.account_id)
        .where(Distinction.programme_id == programme.id)
        .order_by(Distinction.id.desc())
        .limit(MOST_LISTED)
    )  # fmt: skip
    joined = other.join(one.join(query, Distinction.one_id), Distinction.other_id)
    return [
        Apart(
            one=Known(key=row.one_key, name=f"{row.one_first} {row.one_last}"),
            other=Known(key=row.other_key, name=f"{row.other_first} {row.other_last}"),
            by=f"{row.first_name} {row.last_name}",
            at=row.created_at,
        )
        for row in session.execute(joined)
    ]


class _Side:
    """The tables that say who stands on one side of a distinction."""

    def __init__(self) -> None:
        self._membership, self._account = aliased(Membership), aliased(Account)
        self._mentor, self._mentee = aliased(Mentor), aliased(Mentee)

    def columns(self, name: str) -> Sequence[sa.ColumnElement[str]]:
        """Return key and name, labelled by ``name``."""
        return (
            sa.func.coalesce(self._mentor.key, self._mentee.key).label(f"{name}_key"),
            self._account.first_name.label(f"{name}_first"),
            self._account.last_name.label(f"{name}_last"),
        )

    def join(
        self, query: sa.Select[*tuple[object, ...]], column: InstrumentedAttribute[int]
    ) -> sa.Select[*tuple[object, ...]]:
        """Bring in who has the membership in ``column``."""
        membership = self._membership
        return (
            query.join(membership, membership.id == column)
            .join(self._account, self._account.id == membership.account_id)
            .outerjoin(self._mentor, self._mentor.membership_id == membership.id)
            .outerjoin(self._mentee, self._mentee.membership_id == membership.id)
        )


def _two(
    session: Session, one_key: str, other_key: str, *, programme: Programme, actor: Account
) -> tuple[int, int]:
    """Return the memberships of two people, the one that was there first before the other."""
    take_turns(session, programme.id)
    one, other = (
        get_person(session, key, programme=programme, actor=actor).who
        for key in (one_key, other_key)
    )
    require(not is_involved(actor, one, other))
    if one.membership_id == other.membership_id:
        raise NotFound
    first, second = sorted((one.membership_id, other.membership_id))
    return first, second


def _row(one: int, other: int) -> sa.Select[Distinction]:
    return sa.select(Distinction).where(Distinction.one_id == one, Distinction.other_id == other)

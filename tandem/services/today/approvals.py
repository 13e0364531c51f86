"""Profiles and companies that wait for a coordinator's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    Account,
    Company,
    CompanyState,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Side,
)

MOST = 6
"""How many are shown; the list of people has them all."""


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Somebody who waits, or a company."""

    side: Side | None
    """None: a company."""
    key: str
    name: str
    occupation: str | None
    what: str
    """A mentor's work in their own words; how a company calls itself stands in ``name``."""
    postal_code: str | None
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """Those who have waited longest, and how many wait in all."""

    first: Sequence[Approval]
    found: int


def list_approvals(session: Session, programme: Programme) -> Approvals:
    """Return who waits for a decision, whoever waits longest first."""
    everyone = sa.union_all(*_profiles(programme), _companies(programme)).subquery()
    query = (
        sa.select(everyone, sa.func.count().over().label("found"))
        .order_by(everyone.c.since, everyone.c.key)
        .limit(MOST)
    )
    rows = session.execute(query).all()
    first = [
        Approval(
            side=Side(row.side) if row.side else None,
            key=row.key,
            name=row.name,
            occupation=row.occupation,
            what=row.what,
            postal_code=row.postal_code,
            since=row.since,
        )
        for row in rows
    ]
    return Approvals(first=first, found=rows[0].found if rows else 0)


def _profiles(programme: Programme) -> Sequence[sa.Select[*tuple[Any, ...]]]:
    return [
        sa.select(
            sa.literal(side.value).label("side"),
            person.key.label("key"),
            (Account.first_name + " " + Account.last_name).label("name"),
            Profile.occupation.label("occupation"),
            Profile.job_title.label("what"),
            Profile.postal_code.label("postal_code"),
            Profile.submitted_at.label("since"),
        )
        .select_from(Profile)
        .join(person, person.id == column)
        .join(Membership, Membership.id == person.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Profile.programme_id == programme.id, Profile.state == ProfileState.SUBMITTED)
        for side, person, column in (
            (Side.MENTOR, Mentor, Profile.mentor_id),
            (Side.MENTEE, Mentee, Profile.mentee_id),
        )
    ]


def _companies(programme: Programme) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        sa.literal("").label("side"),
        Company.key,
        Company.name,
        sa.cast(sa.null(), sa.String(4)).label("occupation"),
        sa.literal("").label("what"),
        Company.postal_code,
        Company.created_at.label("since"),
    ).where(Company.programme_id == programme.id, Company.state == CompanyState.REGISTERED)

"""Certificates: that somebody took part, how long, and how often the two met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.errors import NotFound
from tandem.models import (
    Account,
    Meeting,
    MeetingState,
    Outcome,
    Programme,
    Side,
    Survey,
    Tandem,
    TandemState,
)
from tandem.services.programmes import local_day
from tandem.services.tandems import get_tandem, side_of
from tandem.services.tandems.letters import person_on

ENOUGH: Final = 3
"""So many meetings make a certificate also of a tandem that ended early."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a certificate says of one person, in whose language it is written."""

    side: Side
    name: str
    locale: str
    began_on: date
    ended_on: date
    meetings: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Afterwards:
    """What there is about a tandem that has ended."""

    surveys: Sequence[Survey]
    outcomes: Sequence[Outcome]
    """By months."""
    is_certified: bool


def get_certificate(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    side: Side,
) -> Certificate:
    """Return the certificate of ``actor``'s own side; of either ``side`` to a coordinator.

    Raises
    ------
    NotFound
        If there is none: the tandem goes on, ended early after less than three meetings, or
        the person was erased.
    """
    tandem = get_tandem(session, key, programme=programme, actor=actor)
    whose = side_of(actor, tandem) or side
    person = person_on(tandem, whose)
    held = (Meeting.tandem_id == tandem.id) & (Meeting.state == MeetingState.HELD)
    meetings, minutes = session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Meeting.minutes), 0)).where(held)
    ).one()
    if not is_certified(tandem, meetings) or person.erased_at is not None:
        raise NotFound
    assert tandem.started_at is not None  # noqa: S101 - it is certified
    assert tandem.ended_at is not None  # noqa: S101 - it is certified
    account = person.membership.account
    return Certificate(
        side=whose,
        name=account.name,
        locale=account.locale,
        began_on=local_day(tandem.started_at, programme),
        ended_on=local_day(tandem.ended_at, programme),
        meetings=meetings,
        minutes=int(minutes),
    )


def afterwards(session: Session, tandem: Tandem) -> Afterwards:
    """Return what was asked since a tandem ended, and whether it makes certificates.

    One statement: there are two surveys and four outcomes at most.
    """
    held = (
        sa.select(sa.func.count())
        .where(Meeting.tandem_id == tandem.id, Meeting.state == MeetingState.HELD)
        .scalar_subquery()
    )
    query = (
        sa.select(Survey, Outcome, held.label("meetings"))
        .select_from(Tandem)
        .outerjoin(Survey, Survey.tandem_id == Tandem.id)
        .outerjoin(Outcome, Outcome.tandem_id == Tandem.id)
        .where(Tandem.id == tandem.id)
        .order_by(Survey.side, Outcome.months)
    )
    rows = session.execute(query).all()
    return Afterwards(
        surveys=list(dict.fromkeys(row.Survey for row in rows if row.Survey is not None)),
        outcomes=list(dict.fromkeys(row.Outcome for row in rows if row.Outcome is not None)),
        is_certified=is_certified(tandem, rows[0].meetings),
    )


def is_certified(tandem: Tandem, meetings: int) -> bool:
    """Whether a tandem in which so many meetings were held makes certificates."""
    early = tandem.state is TandemState.ENDED_EARLY and meetings >= ENOUGH
    return tandem.state is TandemState.COMPLETED or early

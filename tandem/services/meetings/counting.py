"""How often tandems meet: for lists of tandems, for what waits, and for reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, contains_eager

from tandem.clock import now
from tandem.models import (
    Meeting,
    MeetingState,
    Membership,
    Mentee,
    Mentor,
    Programme,
    Tandem,
    TandemState,
    Way,
)
from tandem.services.programmes import local_day, start_of

RUNNING = (TandemState.ACTIVE, TandemState.PAUSED)
"""The states in which a tandem meets."""
_MISSED_LATELY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The meetings of a programme in a period."""

    held: int
    missed: int
    minutes: int
    """How long those took together that were held."""
    ways: Mapping[Way, int]
    """How many were held in which way; none is missing."""
    tandems: int
    """How many tandems met at least once."""


def last_held(session: Session, tandem_ids: Iterable[int]) -> Mapping[int, date]:
    """Return on which day each tandem met last; who never met is missing."""
    return {tandem: days[0] for tandem, days in recently_held(session, tandem_ids, most=1).items()}


def recently_held(
    session: Session, tandem_ids: Iterable[int], *, most: int = 5
) -> Mapping[int, Sequence[date]]:
    """Return the last days on which each tandem met, the latest first, ``most`` of each."""
    place = (
        sa.func.row_number()
        .over(
            partition_by=Meeting.tandem_id, order_by=(Meeting.starts_at.desc(), Meeting.id.desc())
        )
        .label("place")
    )
    ranked = (
        sa.select(Meeting.programme_id, Meeting.tandem_id, Meeting.starts_at, place)
        .where(Meeting.tandem_id.in_(list(tandem_ids)), Meeting.state == MeetingState.HELD)
        .subquery()
    )
    query = (
        sa.select(ranked.c.tandem_id, ranked.c.starts_at, Programme)
        .join(Programme, Programme.id == ranked.c.programme_id)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.tandem_id, ranked.c.place)
    )
    found: dict[int, list[date]] = {}
    for tandem_id, starts_at, programme in session.execute(query):
        found.setdefault(tandem_id, []).append(local_day(starts_at, programme))
    return found


def counts(session: Session, programme: Programme, *, first: date, last: date) -> Counts:
    """Count the meetings from the day ``first`` to the day ``last``, both included."""
    query = (
        sa.select(
            Meeting.state,
            Meeting.way,
            sa.func.count().label("meetings"),
            sa.func.sum(Meeting.minutes).label("minutes"),
        )
        .where(*_within(programme, first, last))
        .group_by(Meeting.state, Meeting.way)
    )
    rows = session.execute(query).all()
    held = [row for row in rows if row.state is MeetingState.HELD]
    met = sa.select(sa.func.count(Meeting.tandem_id.distinct())).where(
        *_within(programme, first, last), Meeting.state == MeetingState.HELD
    )
    return Counts(
        held=sum(row.meetings for row in held),
        missed=sum(row.meetings for row in rows if row.state is MeetingState.MISSED),
        minutes=int(sum(row.minutes for row in held)),
        ways={way: sum(row.meetings for row in held if row.way is way) for way in Way},
        tandems=session.scalar(met) or 0,
    )


def missed(session: Session, programme: Programme) -> Sequence[Meeting]:
    """Return the missed meetings of the last 30 days after which a running tandem did not meet.

    One for each tandem, the latest first; its tandem and the two people are loaded.
    """
    later = aliased(Meeting)
    after = sa.exists().where(
        later.tandem_id == Meeting.tandem_id,
        later.state.in_((MeetingState.HELD, MeetingState.MISSED)),
        sa.tuple_(later.starts_at, later.id) > sa.tuple_(Meeting.starts_at, Meeting.id),
    )
    whose = contains_eager(Meeting.tandem)
    query = (
        sa.select(Meeting)
        .join(Tandem, Tandem.id == Meeting.tandem_id)
        .where(
            Meeting.programme_id == programme.id,
            Meeting.state == MeetingState.MISSED,
            Meeting.starts_at > now() - _MISSED_LATELY,
            Tandem.state.in_(RUNNING),
            ~after,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .options(
            whose.joinedload(Tandem.mentor)
            .joinedload(Mentor.membership)
            .joinedload(Membership.account),
            whose.joinedload(Tandem.mentee)
            .joinedload(Mentee.membership)
            .joinedload(Membership.account),
        )
    )
    return session.scalars(query).all()


def _within(programme: Programme, first: date, last: date) -> Sequence[sa.ColumnElement[bool]]:
    return (
        Meeting.programme_id == programme.id,
        Meeting.state.in_((MeetingState.HELD, MeetingState.MISSED)),
        Meeting.starts_at >= start_of(first, programme),
        Meeting.starts_at < start_of(last + timedelta(days=1), programme),
    )

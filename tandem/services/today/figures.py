"""The figures beside the day's lists, in one question."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    LIVE,
    RUNNING,
    Account,
    Company,
    CompanyState,
    Mail,
    MailState,
    Meeting,
    MeetingState,
    Membership,
    Mentee,
    Mentor,
    Outcome,
    OutcomeKind,
    Profile,
    ProfileState,
    Programme,
    Round,
    RoundState,
    Tandem,
    TandemState,
)
from tandem.services.mails.failed import is_open

_MONTH = timedelta(days=30)
_WEEK = timedelta(days=7)
_WORK = (OutcomeKind.WORK, OutcomeKind.SELF_EMPLOYED)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How a programme stands."""

    running: int
    meetings: int
    """How many were held in the last 30 days."""
    waiting: int
    """Mentees who could get a tandem now."""
    places: int
    """How many tandems the mentors are free for."""
    failed: int
    """Mails that did not arrive and that nobody has dealt with."""
    sent: int
    """Mails that left in the last seven days."""
    begun: int
    """Tandems that began in the last 30 days."""
    completed: int
    """Tandems that were completed in the last 30 days."""
    found_work: int
    """Of how many mentees it was told in the last 30 days that they have work."""
    round_key: str | None
    """Of the round that is not closed."""
    round_name: str | None
    round_state: RoundState | None


def get_figures(session: Session, programme: Programme) -> Figures:
    """Return the figures as of now."""
    ours = Tandem.programme_id == programme.id
    month_ago = now() - _MONTH
    columns = {
        "running": _count(Tandem.id).where(ours, Tandem.state.in_(RUNNING)),
        "meetings": _count(Meeting.id).where(
            Meeting.programme_id == programme.id,
            Meeting.state == MeetingState.HELD,
            Meeting.starts_at.between(month_ago, now()),
        ),
        "waiting": _waiting(programme),
        "places": _places(programme),
        "failed": _count(Mail.id).where(Mail.programme_id == programme.id, is_open()),
        "sent": _count(Mail.id).where(
            Mail.programme_id == programme.id,
            Mail.state == MailState.SENT,
            Mail.sent_at >= now() - _WEEK,
        ),
        "begun": _count(Tandem.id).where(ours, Tandem.started_at >= month_ago),
        "completed": _count(Tandem.id).where(
            ours, Tandem.state == TandemState.COMPLETED, Tandem.ended_at >= month_ago
        ),
        "found_work": _count(Outcome.tandem_id.distinct()).where(
            Outcome.programme_id == programme.id,
            Outcome.kind.in_(_WORK),
            Outcome.answered_at >= month_ago,
        ),
    }
    query = (
        sa.select(
            *(select.scalar_subquery().label(name) for name, select in columns.items()),
            Round.key.label("round_key"),
            Round.name.label("round_name"),
            Round.state.label("round_state"),
        )
        .select_from(Programme)
        .outerjoin(Round, (Round.programme_id == Programme.id) & (Round.state != RoundState.CLOSED))
        .where(Programme.id == programme.id)
    )
    row = session.execute(query).one()
    return Figures(**row._mapping)  # noqa: SLF001 - the documented way to a row's names


def _count(column: sa.SQLColumnExpression[int]) -> sa.Select[int]:
    return sa.select(sa.func.count(column))


def _waiting(programme: Programme) -> sa.Select[int]:
    """Count approved mentees without a tandem, as a round would take them in."""
    taken = sa.select(Tandem.mentee_id).where(
        Tandem.programme_id == programme.id, Tandem.state.in_(LIVE)
    )
    return (
        _count(Mentee.id)
        .join(Profile, (Profile.mentee_id == Mentee.id) & (Profile.state == ProfileState.APPROVED))
        .join(Membership, Membership.id == Mentee.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Mentee.programme_id == programme.id,
            Mentee.objected_at.is_(None),
            Account.disabled_at.is_(None),
            Account.confirmed_at.is_not(None) | Mentee.informed_at.is_not(None),
            Mentee.id.not_in(taken),
        )
    )


def _places(programme: Programme) -> sa.Select[int]:
    """Add up the free places of approved mentors, as a round would take them in."""
    live = (
        sa.select(Tandem.mentor_id, sa.func.count().label("places"))
        .where(Tandem.programme_id == programme.id, Tandem.state.in_(LIVE))
        .group_by(Tandem.mentor_id)
        .subquery()
    )
    taken = sa.func.coalesce(live.c.places, 0)
    free = sa.case((Mentor.capacity > taken, Mentor.capacity - taken), else_=0)
    return (
        sa.select(sa.func.coalesce(sa.func.sum(free), 0))
        .select_from(Mentor)
        .join(Profile, (Profile.mentor_id == Mentor.id) & (Profile.state == ProfileState.APPROVED))
        .outerjoin(live, live.c.mentor_id == Mentor.id)
        .join(Company, Company.id == Mentor.company_id)
        .join(Membership, Membership.id == Mentor.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Mentor.programme_id == programme.id,
            Mentor.objected_at.is_(None),
            Company.state == CompanyState.VETTED,
            Account.disabled_at.is_(None),
            Account.confirmed_at.is_not(None) | Mentor.informed_at.is_not(None),
        )
    )

"""Every tandem that somebody may have to look at today, as plain rows in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem.clock import now
from tandem.models import (
    LIVE,
    Account,
    Agreement,
    AgreementState,
    Company,
    Decision,
    Membership,
    Mentee,
    Mentor,
    Note,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    Side,
    Tandem,
    TandemState,
)
from tandem.models.proposals import Verdict
from tandem.services import closings
from tandem.services.programmes import months_after

NEVER_BEGAN = (TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN)
NOT_LONG_AGO = timedelta(days=30)
"""For how long a coordinator is asked for somebody else after an invitation came to nothing."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A tandem as the day's page shows it."""

    id: int
    key: str
    mentee_id: int
    mentee: str
    mentor: str
    company: str
    state: TandemState
    expires_at: datetime
    mentee_yes_at: datetime | None
    mentor_yes_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    paused_until: date | None
    every_weeks: int | None
    """The rhythm that is agreed, if one is."""
    agreed_until: date | None
    is_wished: bool
    """Whether one of the two has said that they reached what they wanted."""
    supported_on: date | None
    """The day of the last note about what was done for the two."""
    mentee_waits: bool
    """Whether the mentee could get somebody else now."""
    alternatives: Sequence[Any]
    """Of a tandem that never began: the other mentors of the round, by its keys."""

    @property
    def waits_for(self) -> Sequence[Side]:
        """Who has not answered the invitation."""
        said = {Side.MENTEE: self.mentee_yes_at, Side.MENTOR: self.mentor_yes_at}
        return [side for side, said_at in said.items() if said_at is None]

    def ends_on(self, started_on: date, programme: Programme) -> date:
        """Return its last day: as agreed, or as usual in the programme."""
        return self.agreed_until or months_after(started_on, programme.tandem_months)


def list_pairs(session: Session, programme: Programme) -> Sequence[Pair]:
    """Return live tandems, and those that came to nothing not long ago, the oldest first."""
    lately = Tandem.state.in_(NEVER_BEGAN) & (Tandem.ended_at >= now() - NOT_LONG_AGO)
    return _read(session, programme, Tandem.state.in_(LIVE) | lately)


def get_pair(session: Session, programme: Programme, tandem: Tandem) -> Pair:
    """Return one tandem as the day's page shows it."""
    [pair] = _read(session, programme, Tandem.id == tandem.id)
    return pair


def _read(session: Session, programme: Programme, wanted: sa.ColumnElement[bool]) -> Sequence[Pair]:
    mentor_in, mentee_in = aliased(Membership), aliased(Membership)
    mentor, mentee = aliased(Account), aliased(Account)
    query = (
        sa.select(
            Tandem.id,
            Tandem.key,
            Tandem.mentee_id,
            (mentee.first_name + " " + mentee.last_name).label("mentee"),
            (mentor.first_name + " " + mentor.last_name).label("mentor"),
            Company.name.label("company"),
            Tandem.state,
            Tandem.expires_at,
            Tandem.mentee_yes_at,
            Tandem.mentor_yes_at,
            Tandem.started_at,
            Tandem.ended_at,
            Tandem.paused_until,
            Agreement.every_weeks,
            Agreement.ends_on.label("agreed_until"),
            closings.is_wished().label("is_wished"),
            _supported_on().label("supported_on"),
            sa.case((Tandem.state.in_(NEVER_BEGAN), _mentee_waits()), else_=sa.false()).label(
                "mentee_waits"
            ),
            sa.case((Tandem.state.in_(NEVER_BEGAN), Proposal.alternatives)).label("alternatives"),
        )
        .select_from(Tandem)
        .join(Mentor, Mentor.id == Tandem.mentor_id)
        .join(Company, Company.id == Mentor.company_id)
        .join(mentor_in, mentor_in.id == Mentor.membership_id)
        .join(mentor, mentor.id == mentor_in.account_id)
        .join(Mentee, Mentee.id == Tandem.mentee_id)
        .join(mentee_in, mentee_in.id == Mentee.membership_id)
        .join(mentee, mentee.id == mentee_in.account_id)
        .join(
            Decision,
            (Decision.id == Tandem.decision_id) & (Decision.verdict == Verdict.CONFIRMED),
        )
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .outerjoin(
            Agreement,
            (Agreement.tandem_id == Tandem.id) & (Agreement.state == AgreementState.IN_FORCE),
        )
        .where(Tandem.programme_id == programme.id, wanted)
        .order_by(Tandem.id)
    )
    return [_pair(row) for row in session.execute(query)]


def _pair(row: sa.Row[*tuple[Any, ...]]) -> Pair:
    values = dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names
    values |= {name: bool(values[name]) for name in ("is_wished", "mentee_waits")}
    values["alternatives"] = values["alternatives"] or ()
    return Pair(**values)


def _supported_on() -> sa.ScalarSelect[date | None]:
    return (
        sa.select(sa.func.max(Note.talked_on)).where(Note.tandem_id == Tandem.id).scalar_subquery()
    )


def _mentee_waits() -> sa.ColumnElement[bool]:
    other = aliased(Tandem)
    taken = sa.exists().where(other.mentee_id == Tandem.mentee_id, other.state.in_(LIVE))
    approved = sa.exists().where(
        Profile.mentee_id == Tandem.mentee_id, Profile.state == ProfileState.APPROVED
    )
    return Mentee.objected_at.is_(None) & approved & ~taken

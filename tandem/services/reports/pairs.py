"""What tandems have lived through, a row for each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    Decision,
    EndReason,
    Meeting,
    MeetingState,
    Programme,
    Proposal,
    Tandem,
    TandemState,
)


class Pair(NamedTuple):
    """One tandem, and its meetings that were held."""

    id: int
    mentee_id: int
    mentee_profile_id: int
    score: int
    state: TandemState
    invited_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    end_reason: EndReason | None
    met_first_at: datetime | None
    meetings: int
    """How many were held in the period; what follows is about these."""
    minutes: int
    first_meeting_at: datetime | None
    last_meeting_at: datetime | None

    def is_running(self, at: datetime) -> bool:
        """Whether it had begun before an instant and not ended; paused ones run."""
        begun = self.started_at is not None and self.started_at < at
        return begun and (self.ended_at is None or self.ended_at >= at)

    def state_at(self, at: datetime) -> str | None:
        """Return how it stood at an instant, ``running`` also where it was paused."""
        if self.invited_at >= at:
            return None
        if self.ended_at is not None and self.ended_at < at:
            return self.state.value
        return "running" if self.is_running(at) else "waiting"


def list_pairs(
    session: Session, *, programme: Programme, since: datetime, until: datetime
) -> Sequence[Pair]:
    """Return all tandems of a programme, with their meetings from one instant to another."""
    met = _meetings(programme, since, until).subquery()
    query = (
        sa.select(
            Tandem.id,
            Tandem.mentee_id,
            Proposal.mentee_profile_id,
            Proposal.score,
            Tandem.state,
            Tandem.created_at,
            Tandem.started_at,
            Tandem.ended_at,
            Tandem.end_reason,
            met.c.met_first,
            sa.func.coalesce(met.c.meetings, 0),
            sa.func.coalesce(met.c.minutes, 0),
            met.c.first_meeting,
            met.c.last_meeting,
        )
        .join(Decision, Decision.id == Tandem.decision_id)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .outerjoin(met, met.c.tandem == Tandem.id)
        .where(Tandem.programme_id == programme.id)
        .order_by(Tandem.id)
    )
    return [Pair(*row) for row in session.execute(query)]


def _meetings(
    programme: Programme, since: datetime, until: datetime
) -> sa.Select[*tuple[Any, ...]]:
    inside = Meeting.starts_at >= since
    return (
        sa.select(
            Meeting.tandem_id.label("tandem"),
            sa.func.min(Meeting.starts_at).label("met_first"),
            sa.func.count(sa.case((inside, 1))).label("meetings"),
            sa.func.sum(sa.case((inside, Meeting.minutes))).label("minutes"),
            sa.func.min(sa.case((inside, Meeting.starts_at))).label("first_meeting"),
            sa.func.max(Meeting.starts_at).label("last_meeting"),
        )
        .where(
            Meeting.programme_id == programme.id,
            Meeting.state == MeetingState.HELD,
            Meeting.starts_at < until,
        )
        .group_by(Meeting.tandem_id)
    )

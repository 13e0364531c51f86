"""The last meetings of each running tandem, in one question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Meeting, MeetingState, Programme, Tandem, TandemState

MOST = 5
"""How many of a tandem's last meetings are looked at."""


@dataclass(frozen=True, kw_only=True)
class Encounter:
    """A meeting that was held, or that somebody missed."""

    starts_at: datetime
    was_held: bool


def last_encounters(session: Session, programme: Programme) -> Mapping[int, Sequence[Encounter]]:
    """Return the last meetings of active tandems, by the tandem's id, the oldest first."""
    place = (
        sa.func.row_number()
        .over(
            partition_by=Meeting.tandem_id, order_by=(Meeting.starts_at.desc(), Meeting.id.desc())
        )
        .label("place")
    )
    logged = (
        sa.select(Meeting.tandem_id, Meeting.starts_at, Meeting.state, place.label("place"))
        .join(Tandem, Tandem.id == Meeting.tandem_id)
        .where(
            Meeting.programme_id == programme.id,
            Tandem.state == TandemState.ACTIVE,
            Meeting.state.in_((MeetingState.HELD, MeetingState.MISSED)),
        )
        .subquery()
    )
    query = (
        sa.select(logged.c.tandem_id, logged.c.starts_at, logged.c.state)
        .where(logged.c.place <= MOST)
        .order_by(logged.c.tandem_id, logged.c.starts_at, logged.c.place.desc())
    )
    found: dict[int, list[Encounter]] = defaultdict(list)
    for tandem_id, starts_at, state in session.execute(query):
        held = state is MeetingState.HELD
        found[tandem_id].append(Encounter(starts_at=starts_at, was_held=held))
    return found

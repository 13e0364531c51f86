"""What the figures of a report are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from tandem.models import Mentee, Mentor, Programme
from tandem.services.reports.pairs import Pair, list_pairs
from tandem.services.reports.people import Person, list_dates
from tandem.services.reports.periods import Period, bounds

DAY_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the figures of a period are counted from."""

    programme: Programme
    period: Period
    since: datetime
    until: datetime
    mentees: Sequence[Person]
    mentors: Sequence[Person]
    pairs: Sequence[Pair]

    def is_in(self, at: datetime | None) -> bool:
        """Whether an instant lies in the period."""
        return at is not None and self.since <= at < self.until


def find(session: Session, programme: Programme, period: Period) -> Found:
    """Read what the figures of a period are counted from."""
    since, until = bounds(period, programme)
    return Found(
        programme=programme,
        period=period,
        since=since,
        until=until,
        mentees=list_dates(session, Mentee, programme=programme),
        mentors=list_dates(session, Mentor, programme=programme),
        pairs=list_pairs(session, programme=programme, since=since, until=until),
    )

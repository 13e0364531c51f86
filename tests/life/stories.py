"""What the people of one tandem did, in their own log: nothing in it is read from a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tandem.models import EndReason, Side, TandemState
from tandem.services.outcomes import OutcomeDraft
from tests.life.cast import Ways

ZONE: Final = ZoneInfo("Europe/Berlin")
FIRST: Final = date(2028, 1, 3)
"""The first day of the year that is lived through; it has a 29 February."""
SECRET_WORDS: Final = "Nur für die Koordination"
"""Stands in all that people write for the coordination alone; no mail may ever say it."""
LOCALES: Final = ("de", "en")
GENDERS: Final = ("f", "f", "m", None)
LIVE: Final = (TandemState.INVITED, TandemState.ACTIVE, TandemState.PAUSED)
RUNNING: Final = (TandemState.ACTIVE, TandemState.PAUSED)


@dataclass(frozen=True, kw_only=True)
class Someone:
    """Who somebody is; the names are so unusual that they are found wherever they stand."""

    account_id: int
    person_id: int
    email: str
    last_name: str
    company: str
    locale: str
    gender: str | None = None

    @property
    def canaries(self) -> set[str]:
        """What nobody may read who may not know it."""
        return {each for each in (self.email, self.last_name, self.company) if each}


@dataclass(kw_only=True)
class Story:
    """One tandem: how its people behave, and what has become of it."""

    number: int
    ways: Ways
    mentor: Someone
    mentee: Someone
    registered_at: datetime
    """When they registered who are new."""
    before: "Story | None" = None
    """The tandem in which the mentee was before."""
    key: str = ""
    state: TandemState | None = None
    invited_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    erased_at: datetime | None = None
    end_reason: EndReason | None = None
    yes: set[Side] = field(default_factory=set)
    agreed_at: datetime | None = None
    paused_at: datetime | None = None
    held: list[tuple[datetime, int]] = field(default_factory=list)
    missed: int = 0
    planned: tuple[str, date] | None = None
    """The key of the next meeting, and its day."""
    outcomes: dict[int, OutcomeDraft] = field(default_factory=dict)
    surveys: dict[Side, tuple[int, int, int]] = field(default_factory=dict)
    low: int = 0
    """How many answers the coordination should see to."""

    @property
    def approved_at(self) -> datetime:
        """When the coordination approved both profiles: the night after they were sent."""
        return self.registered_at + timedelta(hours=12)

    def who(self, side: Side) -> Someone:
        """Return who is on a side."""
        return self.mentor if side is Side.MENTOR else self.mentee

    def day_of(self, day: date, since: datetime | None) -> int:
        """Return how many days a day lies after an instant; -1: it has not been."""
        return (day - since.astimezone(ZONE).date()).days if since else -1

    def due_on(self, months: int) -> date:
        """Return on which day it is asked what became of the mentee, so long after the end."""
        assert self.ended_at is not None
        ended = self.ended_at.astimezone(ZONE).date()
        first = date(
            ended.year + (ended.month - 1 + months) // 12, (ended.month - 1 + months) % 12 + 1, 1
        )
        following = (first + timedelta(days=31)).replace(day=1)
        return min(first + timedelta(days=ended.day - 1), following - timedelta(days=1))

    def people(self) -> Iterator[Someone]:
        """Yield both."""
        yield self.mentor
        yield self.mentee

    def asks_on(self, months: int, then: "Story | None") -> bool:
        """Whether the mentee is asked, so long after the end, who may be in a later tandem then."""
        began = then.started_at if then else None
        return began is None or self.due_on(months) <= began.astimezone(ZONE).date()

    def becomes(self, state: TandemState, at: datetime, reason: EndReason | None = None) -> None:
        """Keep that the tandem has another state now."""
        self.state, self.end_reason = state, reason
        if state not in LIVE:
            self.ended_at = at

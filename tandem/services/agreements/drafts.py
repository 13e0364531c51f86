"""What one side writes down, and what an agreement could say to begin with."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Agreement, Goal, Meeting, MeetingState, Programme, Tandem, Way
from tandem.services.programmes import local_day, months_after, today
from tandem.services.tandems.showing import agreed_topics

MOST_GOALS: Final = 6
MOST_MONTHS: Final = 24
LONGEST_GOAL: Final = 200
LONGEST_CONTACT: Final = 300
LONGEST_CONFIDENTIALITY: Final = 500
_USUAL_RHYTHM_WEEKS: Final = 2
_WAYS: Final = {"in_person": (Way.IN_PERSON,), "online": (Way.VIDEO, Way.PHONE)}
"""How people meet who said so in their profile."""


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What one side proposes, in the order in which the goals are to stand."""

    topics: tuple[str, ...]
    own_goals: tuple[str, ...]
    every_weeks: int
    ends_on: date
    ways: tuple[Way, ...]
    contact: str = ""
    confidentiality: str = ""


def suggest(session: Session, tandem: Tandem, programme: Programme) -> AgreementDraft:
    """Return what an agreement could say: what the mentee needs and the mentor offers."""
    first_day = begins_on(session, tandem, programme)
    return AgreementDraft(
        topics=tuple(agreed_topics(tandem)[:MOST_GOALS]),
        own_goals=(),
        every_weeks=_USUAL_RHYTHM_WEEKS,
        ends_on=max(
            months_after(first_day, programme.tandem_months), months_after(today(programme), 1)
        ),
        ways=_shared_ways(tandem),
    )


def draft_of(agreement: Agreement) -> AgreementDraft:
    """Return what a wording says, as a draft of the next one."""
    return AgreementDraft(
        topics=tuple(goal.topic for goal in agreement.goals if goal.topic),
        own_goals=tuple(goal.text for goal in agreement.goals if not goal.topic),
        every_weeks=agreement.every_weeks,
        ends_on=agreement.ends_on,
        ways=tuple(Way(each) for each in agreement.ways),
        contact=agreement.contact,
        confidentiality=agreement.confidentiality,
    )


def goals_of(draft: AgreementDraft) -> list[Goal]:
    """Return the goals of a draft as rows of a wording that is not saved yet."""
    said = [{"topic": code} for code in draft.topics] + [{"text": text} for text in draft.own_goals]
    return [Goal(position=at, **each) for at, each in enumerate(said, 1)]


def begins_on(session: Session, tandem: Tandem, programme: Programme) -> date:
    """Return from when an agreement counts: the first meeting, or today where there was none."""
    query = sa.select(sa.func.min(Meeting.starts_at, type_=Meeting.starts_at.type)).where(
        Meeting.tandem_id == tandem.id, Meeting.state == MeetingState.HELD
    )
    first = session.scalar(query)
    return local_day(first, programme) if first else today(programme)


def _shared_ways(tandem: Tandem) -> tuple[Way, ...]:
    proposal = tandem.decision.proposal
    theirs = proposal.mentee_profile.modes
    shared = [mode for mode in proposal.mentor_profile.modes if mode in theirs]
    return tuple(way for mode in shared for way in _WAYS.get(mode, ()))

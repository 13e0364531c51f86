"""What asking mentees would come to, before anybody is asked."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Programme, Round, Shortlist, Snapshot
from tandem.services import rounds
from tandem.services.shortlists.choosing import find_plan
from tandem.services.shortlists.wishes import do_wishes_count


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """How many mentees would be asked now, and what stands in the way."""

    asked: int
    without_choice: int
    settled: int
    is_asked_before: bool
    trial_waits: bool
    wishes_count: bool
    """Whether the policy by which the round goes gives points for wishes."""


def find_outlook(
    session: Session, round_: Round, snapshot: Snapshot, *, programme: Programme
) -> Outlook:
    """Return what asking about the taken snapshot of a round would come to."""
    plan = find_plan(session, round_, snapshot)
    policy = rounds.policy_of(session, round_, programme=programme)
    return Outlook(
        asked=len(plan.lists),
        without_choice=plan.without_choice,
        settled=plan.settled,
        is_asked_before=is_asked(session, snapshot),
        trial_waits=rounds.pending(session, round_) is not None,
        wishes_count=do_wishes_count(policy),
    )


def is_asked(session: Session, snapshot: Snapshot) -> bool:
    """Whether mentees were asked about this snapshot before."""
    asked = sa.exists().where(
        Shortlist.programme_id == snapshot.programme_id, Shortlist.snapshot_id == snapshot.id
    )
    return session.scalar(sa.select(asked)) is True

"""The people of a round as they are now, for those who want to know what would come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Programme, Round, RoundState
from tandem.services import permissions
from tandem.services.rounds.candidates import Candidate, Candidates, find_candidates
from tandem.services.rounds.contents import describe
from tandem.services.rounds.keys import Keys


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """What the engine would be given now, and who is behind its keys.

    The keys are those of the people themselves, not drawn anew: what is tried twice gives
    the same. It is for looking only, and never kept.
    """

    content: Mapping[str, Any]
    people: Mapping[str, Candidate]

    @property
    def can_be_matched(self) -> bool:
        """Whether there is somebody on both sides."""
        return bool(self.content["mentors"] and self.content["mentees"])


def open_round_of(session: Session, programme: Programme, *, actor: Account) -> Round | None:
    """Return the round of a programme that is not closed, if there is one."""
    permissions.require(permissions.can_coordinate(actor, programme.id))
    query = sa.select(Round).where(
        Round.programme_id == programme.id, Round.state != RoundState.CLOSED
    )
    return session.scalars(query).one_or_none()


def gather(
    session: Session, round_: Round | None, *, programme: Programme, actor: Account
) -> Gathering:
    """Return who would take part now, in the open round or, without one, in a new one."""
    permissions.require(permissions.can_coordinate(actor, programme.id))
    about = round_ or Round(programme_id=programme.id)
    candidates = find_candidates(session, programme, round_, compared=False)
    return Gathering(
        content=describe(session, about, candidates, keys=_own_keys(candidates)),
        people={each.key: each for each in (*candidates.mentors, *candidates.mentees)},
    )


def _own_keys(candidates: Candidates) -> Keys:
    return Keys(
        mentors={each.person_id: each.key for each in candidates.mentors},
        mentees={each.person_id: each.key for each in candidates.mentees},
    )

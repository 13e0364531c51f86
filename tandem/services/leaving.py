"""Leaving the matching: what becomes of proposals and trials when somebody takes no part."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock
from tandem.models import Mentee, Mentor, Proposal, ProposalState, Round, RoundState
from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.rounds.life import drop_trials


def leave_rounds(session: Session, person: Mentor | Mentee) -> int:
    """Make a person's open proposals stale and lay trials aside; return how many went stale.

    Call it inside a transaction with the programme's turn. A trial that is being solved is laid
    aside too; only the first result of a round comes, and its pairs with the person are stale.
    """
    theirs = Proposal.mentor_id if isinstance(person, Mentor) else Proposal.mentee_id
    for round_ in _open_rounds(session, person.programme_id):
        if solved_snapshot(session, round_) is not None:
            drop_trials(session, round_)
    query = sa.select(Proposal.id).where(
        Proposal.programme_id == person.programme_id,
        Proposal.state == ProposalState.OPEN,
        theirs == person.id,
    )
    stale = lock(session, Proposal, session.scalars(query).all())
    for proposal in stale:
        proposal.state = ProposalState.STALE
    session.flush()
    return len(stale)


def _open_rounds(session: Session, programme_id: int) -> list[Round]:
    """Return the round that is not closed, held, as whoever decides in it does first."""
    query = sa.select(Round.id).where(
        Round.programme_id == programme_id, Round.state != RoundState.CLOSED
    )
    return list(lock(session, Round, session.scalars(query).all()))

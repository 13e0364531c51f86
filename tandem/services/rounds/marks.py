"""A mark of where a round is, by which a page notices that it is no longer what it shows."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Adjustment, Decision, Proposal, ProposalState, Round, Snapshot


def read_mark(session: Session, round_: Round) -> str:
    """Return a mark that is another one as soon as anybody decides, adjusts or solves again.

    Also where a proposal became stale, or a trial was taken or laid aside; in one statement.
    """
    ours = Round.id == round_.id
    adjusted = sa.select(sa.func.count(Adjustment.id)).where(Adjustment.round_id == Round.id)
    solved = sa.select(sa.func.count(Snapshot.id)).where(Snapshot.round_id == Round.id)
    proposed = sa.select(sa.func.count(Proposal.id)).where(Proposal.round_id == Round.id)
    decided = (
        sa.select(sa.func.count(Decision.id)).join(Proposal).where(Proposal.round_id == Round.id)
    )
    counts = (
        decided,
        adjusted,
        adjusted.where(Adjustment.undone_at.is_not(None)),
        solved.where(Snapshot.solved_at.is_not(None)),
        solved.where(Snapshot.taken_at.is_not(None)),
        solved.where(Snapshot.dropped_at.is_not(None)),
        proposed.where(Proposal.state == ProposalState.STALE),
    )
    columns = [each.correlate(Round).scalar_subquery() for each in counts]
    state, *figures = session.execute(sa.select(Round.state, *columns).where(ours)).one()
    said = ":".join([state.value, *map(str, figures)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]

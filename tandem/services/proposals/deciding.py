"""Deciding on one proposal: confirm it and ask both sides, or reject it; always with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import lock, transaction
from tandem.errors import Conflict, NotAllowed, Stale
from tandem.models import (
    Account,
    Company,
    Decision,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Round,
    Verdict,
)
from tandem.services import audit, permissions, tandems
from tandem.services.programmes import take_turns
from tandem.services.proposals.finding import count_free_places, get_proposal

_AFTER = {
    Verdict.CONFIRMED: ProposalState.CONFIRMED,
    Verdict.REJECTED: ProposalState.REJECTED,
}


class AlreadyDecided(Conflict):
    """Somebody decided on this before; ``decision`` says who, what, when and why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


class ProposalStale(Conflict):
    """A profile changed since the round was solved, or somebody was taken."""


class OwnCase(NotAllowed):
    """Nobody decides on themselves or on a mentor of their own company."""


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a coordinator decides on one proposal, and why."""

    verdict: Verdict
    reason: str


def is_own_case(session: Session, proposal: Proposal, *, actor: Account) -> bool:
    """Whether a decision would be about ``actor`` themselves or their own company."""
    if permissions.is_involved(actor, proposal.mentor, proposal.mentee):
        return True
    if not permissions.is_mentor(actor, proposal.programme_id):
        return False
    colleagues = sa.select(Mentor.id).where(
        Mentor.programme_id == proposal.programme_id,
        Mentor.company_id == proposal.mentor.company_id,
        Mentor.membership_id.in_([membership.id for membership in actor.memberships]),
    )
    return session.scalar(sa.select(colleagues.exists())) is True


def decide(
    session: Session,
    key: str,
    ruling: Ruling,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> Decision:
    """Decide on one proposal; confirming it asks both sides at once.

    Raises
    ------
    OwnCase
        If it is about ``actor`` or their own company.
    AlreadyDecided
        If somebody was faster.
    ProposalStale
        If a profile changed since the round was solved, or somebody was taken.
    tandems.MentorTaken, tandems.MenteeTaken
        If the place went to another tandem in the same moment.
    Stale
        If the proposal changed in another way since it was looked at.
    """
    with transaction(session):
        take_turns(session, programme.id)
        proposal = _hold(session, key, programme=programme, actor=actor)
        _refuse_what_is_over(proposal, seen_version=seen_version)
        decision = _rule(session, proposal, ruling, actor=actor, programme=programme)
    if decision is None:
        raise ProposalStale
    return decision


def _hold(session: Session, key: str, *, programme: Programme, actor: Account) -> Proposal:
    """Lock round and proposal, in this order, as whoever publishes a round does."""
    proposal = get_proposal(session, key, programme=programme, actor=actor)
    if is_own_case(session, proposal, actor=actor):
        raise OwnCase
    lock(session, Round, [proposal.round_id])
    [held] = lock(session, Proposal, [proposal.id])
    session.refresh(held, ["decision"])
    return held


def _refuse_what_is_over(proposal: Proposal, *, seen_version: int) -> None:
    if proposal.decision is not None:
        raise AlreadyDecided(proposal.decision)
    if proposal.state is not ProposalState.OPEN:
        raise ProposalStale
    if proposal.version != seen_version:
        raise Stale


def _rule(
    session: Session, proposal: Proposal, ruling: Ruling, *, actor: Account, programme: Programme
) -> Decision | None:
    """Write the decision down, and what follows from it; none where the pair no longer holds."""
    if not _still_holds(session, proposal):
        proposal.state = ProposalState.STALE
        audit.record(session, "outdate_proposal", proposal, actor=actor)
        return None
    decision = Decision(
        programme_id=proposal.programme_id,
        proposal_id=proposal.id,
        mentor_id=proposal.mentor_id,
        mentee_id=proposal.mentee_id,
        verdict=ruling.verdict,
        reason=ruling.reason,
        account=actor,
    )
    session.add(decision)
    proposal.state = _AFTER[ruling.verdict]
    audit.record(session, f"{ruling.verdict.value}_proposal", proposal, actor=actor)
    if ruling.verdict is Verdict.CONFIRMED:
        tandems.invite(session, decision, programme=programme)
        _outdate_rivals(session, proposal)
    return decision


def holds(proposal: Proposal) -> bool:
    """Whether what both said when they were proposed is what counts today."""
    profiles = (proposal.mentor_profile, proposal.mentee_profile)
    willing = all(each.objected_at is None for each in (proposal.mentor, proposal.mentee))
    takes_part = willing and proposal.mentor.company.is_vetted
    return takes_part and all(profile.state is ProfileState.APPROVED for profile in profiles)


def _still_holds(session: Session, proposal: Proposal) -> bool:
    lock(session, Profile, [proposal.mentor_profile_id, proposal.mentee_profile_id])
    lock(session, Company, [proposal.mentor.company_id])
    return holds(proposal)


def _outdate_rivals(session: Session, proposal: Proposal) -> None:
    """Make other open proposals stale that need the mentee, or a place the mentor has not."""
    theirs = Proposal.mentee_id == proposal.mentee_id
    if not count_free_places(session, proposal.mentor):
        theirs |= Proposal.mentor_id == proposal.mentor_id
    query = sa.select(Proposal.id).where(
        Proposal.programme_id == proposal.programme_id,
        Proposal.state == ProposalState.OPEN,
        theirs,
    )
    rivals: Sequence[Proposal] = lock(session, Proposal, session.scalars(query).all())
    for rival in rivals:
        rival.state = ProposalState.STALE

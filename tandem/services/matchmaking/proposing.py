"""Proposals out of a result: what the engine found becomes rows that somebody decides on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from tandem.clock import now
from tandem.db import lock
from tandem.models import (
    LIVE,
    Mentor,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    Snapshot,
    SnapshotPerson,
    Tandem,
)


def take_result(
    session: Session, round_: Round, snapshot: Snapshot, *, result: dict[str, Any]
) -> int:
    """Make a result the one the round goes by; return how many of its pairs no longer hold.

    Open proposals of an earlier solving become stale; so does a new one at once, if its
    people changed, left, were taken, or were kept apart since the snapshot. Call it inside a
    transaction, with the programme's turn and the round held.
    """
    drop_open(session, round_)
    snapshot.taken_at = now()
    snapshot.result = _kept(result)
    return _propose(session, snapshot, result["proposals"])


def solved_snapshot(session: Session, round_: Round) -> Snapshot | None:
    """Return the snapshot whose result the round goes by, without the engine's input."""
    query = (
        sa.select(Snapshot)
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.taken_at.is_not(None),
        )
        .options(defer(Snapshot.content), joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def be_ready(session: Session, round_: Round) -> None:
    """Let a round that is being solved go by the result it has.

    What is still to be worked out about that result is the worker's next piece of work.
    """
    round_.state = RoundState.RUNNING
    session.flush()
    round_.state = RoundState.READY
    rest(session, round_)


def rest(session: Session, round_: Round) -> None:
    """Leave a round alone, apart from what is still to be worked out about its result."""
    taken = solved_snapshot(session, round_)
    is_due = taken is not None and taken.insights is None
    round_.schedule(now() if is_due else None)


def drop_open(session: Session, round_: Round) -> int:
    """Make every open proposal of a round stale; return how many there were."""
    query = sa.select(Proposal.id).where(
        Proposal.programme_id == round_.programme_id,
        Proposal.round_id == round_.id,
        Proposal.state == ProposalState.OPEN,
    )
    dropped = lock(session, Proposal, session.scalars(query).all())
    for proposal in dropped:
        proposal.state = ProposalState.STALE
    session.flush()
    return len(dropped)


def _kept(result: dict[str, Any]) -> dict[str, Any]:
    """Return the answer without what each proposal's own row holds: reasons, alternatives."""
    pairs = [
        {name: each[name] for name in ("mentor", "mentee", "score")} for each in result["proposals"]
    ]
    return result | {"proposals": pairs}


def _propose(session: Session, snapshot: Snapshot, found: Sequence[dict[str, Any]]) -> int:
    profiles = _profiles(session, snapshot)
    apart = _rejected(session, snapshot)
    mentors, mentees = _taken(session, snapshot.programme_id)
    stale = []
    for each in found:
        ours, theirs = profiles.get(each["mentor"]), profiles.get(each["mentee"])
        if ours is None or theirs is None:
            continue
        proposal = _proposal(snapshot, each, ours=ours, theirs=theirs)
        session.add(proposal)
        mentors[ours.mentor_id] += 1
        fits = _is_there(ours, theirs) and _has_place(ours, mentors) and _is_free(theirs, mentees)
        if not fits or (ours.mentor_id, theirs.mentee_id) in apart:
            stale.append(proposal)
    session.flush()
    for proposal in stale:
        proposal.state = ProposalState.STALE
    session.flush()
    return len(stale)


def _profiles(session: Session, snapshot: Snapshot) -> Mapping[str, Profile]:
    query = (
        sa.select(SnapshotPerson.key, Profile)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
        )
        .options(joinedload(Profile.mentor).joinedload(Mentor.company), joinedload(Profile.mentee))
        .order_by(SnapshotPerson.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _proposal(
    snapshot: Snapshot, found: Mapping[str, Any], *, ours: Profile, theirs: Profile
) -> Proposal:
    return Proposal(
        programme_id=snapshot.programme_id,
        round_id=snapshot.round_id,
        snapshot_id=snapshot.id,
        mentor_id=ours.mentor_id,
        mentee_id=theirs.mentee_id,
        mentor_profile_id=ours.id,
        mentee_profile_id=theirs.id,
        **{name: found[name] for name in ("score", "parts", "facts", "alternatives", "margin")},
    )


def _rejected(session: Session, snapshot: Snapshot) -> set[tuple[int, int]]:
    query = (
        sa.select(Proposal.mentor_id, Proposal.mentee_id)
        .where(
            Proposal.programme_id == snapshot.programme_id,
            Proposal.round_id == snapshot.round_id,
            Proposal.state == ProposalState.REJECTED,
        )
        .order_by(Proposal.id)
    )
    return {(mentor, mentee) for mentor, mentee in session.execute(query)}


def _taken(session: Session, programme_id: int) -> tuple[Counter[int | None], set[int]]:
    """Count the places that live tandems take at each mentor, and list their mentees."""
    query = (
        sa.select(Tandem.mentor_id, Tandem.mentee_id)
        .where(Tandem.programme_id == programme_id, Tandem.state.in_(LIVE))
        .order_by(Tandem.id)
    )
    pairs = session.execute(query).all()
    return Counter(mentor for mentor, _ in pairs), {mentee for _, mentee in pairs}


def _is_there(ours: Profile, theirs: Profile) -> bool:
    """Whether both still say what they said and want to, and the mentor's company takes part."""
    mentor, mentee = ours.mentor, theirs.mentee
    if mentor is None or mentee is None or not mentor.company.is_vetted:
        return False
    if mentor.objected_at is not None or mentee.objected_at is not None:
        return False
    return {ours.state, theirs.state} == {ProfileState.APPROVED}


def _has_place(ours: Profile, taken: Counter[int | None]) -> bool:
    """Whether the mentor has a place for the last who was counted."""
    return ours.mentor is not None and taken[ours.mentor_id] <= ours.mentor.capacity


def _is_free(theirs: Profile, taken: set[int]) -> bool:
    return theirs.mentee_id not in taken

"""Rounds as work: begin behind a claim, solve apart from the database, publish at once."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import lock, transaction
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
from tandem.services import audit
from tandem.services.matchmaking.solving import ENGINE, NotSolved, Task, default_policy, solve
from tandem.services.programmes import take_turns
from tandem.work import Claim, held

__all__ = [
    "ENGINE",
    "NotSolved",
    "begin",
    "default_policy",
    "fail",
    "give_back",
    "publish",
    "replay",
    "report",
    "solve",
]

_LONGEST_STEP = 40
_LONGEST_PROBLEM = 200


def begin(session: Session, claim: Claim[Round], *, most_attempts: int) -> Task | None:
    """Say that a claimed round is being solved, and return what the engine needs.

    A round that was begun too often without an end fails, and there is nothing to do.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        round_.state = RoundState.RUNNING
        if round_.attempts > most_attempts:
            session.flush()
            _give_up(session, round_, "too_many_attempts")
            return None
        return _task(_latest(session, round_))


def report(session: Session, claim: Claim[Round], *progress: *tuple[str, int, int]) -> None:
    """Write down how far solving has come: in which step, and how much of how much is done.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        step, done, total = progress
        round_.step, round_.total = step[:_LONGEST_STEP], max(total, 0)
        round_.done = min(max(done, 0), round_.total)


def publish(session: Session, claim: Claim[Round], result: dict[str, Any]) -> None:
    """Make a result the round's own: proposals, state and end of the claim at once.

    Open proposals of an earlier solving become stale; so does a new one at once, if its
    people changed, left or were taken since the snapshot.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        take_turns(session, session.get_one(Round, claim.id).programme_id)
        round_ = held(session, claim)
        snapshot = _latest(session, round_)
        snapshot.result, snapshot.digest = _kept(result), result["digest"]
        snapshot.solved_at = snapshot.taken_at = now()
        _drop_open(session, round_)
        _propose(session, snapshot, result["proposals"])
        round_.state = RoundState.READY
        round_.schedule(None)
        details = {"snapshot": snapshot.number, "tandems": result["tandems"]}
        audit.record(session, "solve_round", round_, actor=None, details=details)


def fail(session: Session, claim: Claim[Round], problem: str) -> None:
    """Say that solving did not end well; ``problem`` is a code for those who look after it.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        round_ = held(session, claim)
        if round_.state is RoundState.QUEUED:
            round_.state = RoundState.RUNNING
            session.flush()
        _give_up(session, round_, problem)


def give_back(session: Session, claim: Claim[Round]) -> None:
    """Put a round off whose solver died; it is tried again a little later.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it was cancelled.
    """
    with transaction(session):
        held(session, claim).put_off(now())


def replay(session: Session, snapshot: Snapshot) -> bool:
    """Whether solving a snapshot once more gives the very same, digit for digit."""
    session.refresh(snapshot)
    again = solve(_task(snapshot), lambda _step, _done, _total: None)
    return bool(again["digest"] == snapshot.digest)


def _give_up(session: Session, round_: Round, problem: str) -> None:
    round_.state = RoundState.FAILED
    round_.schedule(None)
    details: dict[str, int | str] = {"problem": problem[:_LONGEST_PROBLEM]}
    audit.record(session, "fail_round", round_, actor=None, details=details)


def _task(snapshot: Snapshot) -> Task:
    return {
        "content": snapshot.content,
        "policy": snapshot.policy_version.content,
        "seed": snapshot.seed,
    }


def _latest(session: Session, round_: Round) -> Snapshot:
    query = (
        sa.select(Snapshot)
        .where(Snapshot.programme_id == round_.programme_id, Snapshot.round_id == round_.id)
        .options(joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def _kept(result: dict[str, Any]) -> dict[str, Any]:
    """Return the answer without what each proposal's own row holds: reasons, alternatives."""
    pairs = [
        {name: each[name] for name in ("mentor", "mentee", "score")} for each in result["proposals"]
    ]
    return result | {"proposals": pairs}


def _drop_open(session: Session, round_: Round) -> None:
    query = sa.select(Proposal.id).where(
        Proposal.programme_id == round_.programme_id,
        Proposal.round_id == round_.id,
        Proposal.state == ProposalState.OPEN,
    )
    for proposal in lock(session, Proposal, session.scalars(query).all()):
        proposal.state = ProposalState.STALE
    session.flush()


def _propose(session: Session, snapshot: Snapshot, found: list[dict[str, Any]]) -> None:
    profiles = _profiles(session, snapshot)
    proposals = [
        _proposal(snapshot, each, profiles=profiles)
        for each in found
        if each["mentor"] in profiles and each["mentee"] in profiles
    ]
    session.add_all(proposals)
    session.flush()
    by_id = {profile.id: profile for profile in profiles.values()}
    taken = _live(session, snapshot.programme_id)
    for proposal in proposals:
        ours, theirs = by_id[proposal.mentor_profile_id], by_id[proposal.mentee_profile_id]
        if not _holds(ours, theirs, taken=taken):
            proposal.state = ProposalState.STALE
    session.flush()


def _profiles(session: Session, snapshot: Snapshot) -> dict[str, Profile]:
    query = (
        sa.select(SnapshotPerson.key, Profile)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
        )
        .options(joinedload(Profile.mentor).joinedload(Mentor.company))
        .order_by(SnapshotPerson.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _proposal(
    snapshot: Snapshot, found: dict[str, Any], *, profiles: Mapping[str, Profile]
) -> Proposal:
    ours, theirs = profiles[found["mentor"]], profiles[found["mentee"]]
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


def _live(session: Session, programme_id: int) -> list[tuple[int, int]]:
    query = (
        sa.select(Tandem.mentor_id, Tandem.mentee_id)
        .where(Tandem.programme_id == programme_id, Tandem.state.in_(LIVE))
        .order_by(Tandem.id)
    )
    return [(mentor, mentee) for mentor, mentee in session.execute(query)]


def _holds(ours: Profile, theirs: Profile, *, taken: list[tuple[int, int]]) -> bool:
    """Whether both still say what they said, and neither was taken meanwhile."""
    mentor = ours.mentor
    if mentor is None or not mentor.company.is_vetted:
        return False
    if {ours.state, theirs.state} != {ProfileState.APPROVED}:
        return False
    places = mentor.capacity - sum(id_ == mentor.id for id_, _ in taken)
    return places > 0 and all(id_ != theirs.mentee_id for _, id_ in taken)

"""Rounds solved at once, without a worker."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import Account, Decision, PolicyVersion, Programme, Proposal, Round, Verdict
from tandem.services import policies, proposals, rounds
from tandem.services.matchmaking import rounds as matchmaking
from tandem.work import Claim, claim

LEASE = timedelta(minutes=1)


def queue(session: Session, round_: Round, *, actor: Account) -> Claim[Round]:
    """Ask for a round to be solved, and claim it as a worker would."""
    programme = session.get_one(Programme, round_.programme_id)
    written = sa.select(PolicyVersion.id).where(PolicyVersion.programme_id == programme.id)
    if session.scalar(written) is None:
        policies.add_default(session, programme, actor=None)
    rounds.request_solving(session, round_.key, programme=programme, actor=actor)
    work = claim(session, Round, now=now(), lease=LEASE, only=Round.id == round_.id)
    assert work is not None
    return work


def solve(session: Session, round_: Round, *, actor: Account) -> Sequence[Proposal]:
    """Solve a round, take the result, and return what it proposes, strongest first."""
    with solving(session, round_, actor=actor):
        pass
    take(session, round_, actor=actor)
    snapshot = rounds.solved_snapshot(session, round_)
    assert snapshot is not None
    query = (
        sa.select(Proposal)
        .where(Proposal.snapshot_id == snapshot.id)
        .order_by(Proposal.score.desc(), Proposal.id)
    )
    return session.scalars(query).all()


def publish(session: Session, round_: Round) -> None:
    """Solve a round that somebody has asked for."""
    work = claim(session, Round, now=now(), lease=LEASE, only=Round.id == round_.id)
    assert work is not None
    task = matchmaking.begin(session, work, most_attempts=5)
    assert task is not None
    matchmaking.publish(session, work, matchmaking.solve(task, lambda _step, _done, _total: None))


def take(session: Session, round_: Round, *, actor: Account) -> None:
    """Take the trial that waits, if there is one."""
    trial = rounds.pending(session, round_)
    if trial is not None:
        programme = session.get_one(Programme, round_.programme_id)
        rounds.take(
            session, round_.key, snapshot_number=trial.number, programme=programme, actor=actor
        )


@contextmanager
def solving(session: Session, round_: Round, *, actor: Account) -> Iterator[Claim[Round]]:
    """Solve a round; what the block does happens between snapshot and publication."""
    work = queue(session, round_, actor=actor)
    task = matchmaking.begin(session, work, most_attempts=5)
    assert task is not None
    result = matchmaking.solve(task, lambda _step, _done, _total: None)
    yield work
    matchmaking.publish(session, work, result)


def decide(
    session: Session, proposal: Proposal, verdict: str = "confirmed", *, actor: Account
) -> Decision:
    """Decide on a proposal as it stands."""
    return proposals.decide(
        session,
        proposal.key,
        proposals.Ruling(verdict=Verdict(verdict), reason="We talked to both."),
        programme=session.get_one(Programme, proposal.programme_id),
        actor=actor,
        seen_version=proposal.version,
    )

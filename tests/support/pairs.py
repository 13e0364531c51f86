"""Pairs for tests: a solved round's proposal, the decision on it, and the tandem it leads to."""

from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    Decision,
    EndReason,
    Mentee,
    Mentor,
    PolicyVersion,
    Profile,
    Programme,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    Snapshot,
    Tandem,
    TandemState,
    Verdict,
)
from tandem.models.profiles import IN_FORCE
from tandem.services import tandems
from tandem.services.matchmaking.rounds import default_policy
from tests.support.make import Make

FACTS = [
    {
        "criterion": "needs",
        "code": "some",
        "points": 1000,
        "weight": 2000,
        "values": {"met": ["applications"], "unmet": ["interview"]},
    },
    {
        "criterion": "qualification",
        "code": "compared",
        "points": 900,
        "weight": 1500,
        "values": {
            "mentor_level": 6,
            "mentee_level": 2,
            "field": "detailed",
            "mentor_fields": ["0713"],
            "mentee_fields": ["0713"],
            "recognition": "known",
        },
    },
]
_numbers = count(100)
"""Of policies: those that a round was solved with count from 1."""


def snapshot(make: Make, programme: Programme) -> Snapshot:
    """Save a solved snapshot of a round that is closed, so that there may be many."""
    number = next(_numbers)
    policy = make.save(
        PolicyVersion(programme_id=programme.id, number=number, content=default_policy())
    )
    round_: Round = make.round(programme)
    saved = make.save(
        Snapshot(
            programme_id=programme.id,
            round_id=round_.id,
            policy_version_id=policy.id,
            number=1,
            seed=0,
            engine="test",
            content={},
        )
    )
    round_.state, round_.closed_at = RoundState.CLOSED, now()
    make.save(round_)
    return saved


def in_force(session: Session, person: Mentor | Mentee) -> Profile:
    """Return the version of a person's profile that counts."""
    theirs = Profile.mentor_id if isinstance(person, Mentor) else Profile.mentee_id
    query = session.query(Profile).filter(theirs == person.id, Profile.state.in_(IN_FORCE))
    return query.one()


def proposal(make: Make, mentor: Mentor, mentee: Mentee, **values: Any) -> Proposal:
    """Save an open proposal of two people."""
    programme = make.session.get_one(Programme, mentor.programme_id)
    frozen = snapshot(make, programme)
    defaults = {"score": 8000, "parts": {"needs": 1000}, "facts": FACTS, "alternatives": []}
    return make.save(
        Proposal(
            programme_id=programme.id,
            round_id=frozen.round_id,
            snapshot_id=frozen.id,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            mentor_profile_id=in_force(make.session, mentor).id,
            mentee_profile_id=in_force(make.session, mentee).id,
            margin=None,
            **(defaults | values),
        )
    )


def decision(
    make: Make, mentor: Mentor, mentee: Mentee, *, by: Account | None = None, **values: Any
) -> Decision:
    """Save a confirmed proposal of two people."""
    programme = make.session.get_one(Programme, mentor.programme_id)
    proposed = proposal(make, mentor, mentee, **values)
    proposed.state = ProposalState.CONFIRMED
    make.save(proposed)
    return make.save(
        Decision(
            programme_id=programme.id,
            proposal_id=proposed.id,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            verdict=Verdict.CONFIRMED,
            reason="They get on well.",
            account_id=(by or make.coordinator(programme)).id,
        )
    )


def invited(make: Make, mentor: Mentor, mentee: Mentee, **values: Any) -> Tandem:
    """Save a tandem whose two people have just been asked."""
    programme = make.session.get_one(Programme, mentor.programme_id)
    decided = decision(make, mentor, mentee, **values)
    return tandems.invite(make.session, decided, programme=programme)


def tandem(make: Make, mentor: Mentor, mentee: Mentee, state: TandemState, **values: Any) -> Tandem:
    """Save a tandem in any state."""
    made = invited(make, mentor, mentee, **values)
    if state is TandemState.INVITED:
        return made
    if state not in {TandemState.DECLINED, TandemState.EXPIRED, TandemState.WITHDRAWN}:
        made.mentor_yes_at = made.mentee_yes_at = made.started_at = now() - timedelta(days=40)
        made.state = TandemState.ACTIVE
        make.save(made)
    made.state = state
    made.due_at = None
    if not made.is_live:
        made.ended_at = now()
    if state is TandemState.ENDED_EARLY:
        made.end_reason = EndReason.NO_TIME
    return make.save(made)


def accounts_of(pair: Tandem) -> tuple[Account, Account]:
    """Return the accounts of the mentor and the mentee."""
    return pair.mentor.membership.account, pair.mentee.membership.account

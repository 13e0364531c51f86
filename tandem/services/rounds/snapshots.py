"""Freezing what a round is given: who takes part, with what policy, under what adjustments."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.errors import Conflict
from tandem.models import (
    Adjustment,
    Decision,
    Exclusion,
    PolicyVersion,
    Programme,
    Proposal,
    Round,
    Side,
    Snapshot,
    SnapshotPerson,
)
from tandem.services import policies
from tandem.services.matchmaking.pins import find_unkeepable
from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.matchmaking.solving import ENGINE
from tandem.services.matchmaking.supposing import NotSupposable, suppose
from tandem.services.rounds.candidates import Candidate, Candidates, find_candidates
from tandem.services.rounds.contents import describe
from tandem.services.rounds.contradictions import Contradiction
from tandem.services.rounds.keys import Keys, draw_keys, read_keys

_SEEDS = 2**31


class NobodyToMatch(Conflict):
    """One side is empty, so there is nothing to solve."""


@dataclass(frozen=True, kw_only=True)
class Supposition:
    """Something that is not so, to see what it would change.

    Attributes
    ----------
    kind : ``pair`` where only the pair is supposed; otherwise the rule that would give way,
        as a change of the engine names it: ``capacity`` is one place more at the mentor,
        ``same_gender`` a wish dropped, ``forbidden`` a ban lifted
    mentor_key, mentee_key : whom it brings together, by the keys of their addresses
    """

    kind: str
    mentor_key: str
    mentee_key: str


def freeze(
    session: Session,
    round_: Round,
    *,
    programme: Programme,
    policy: PolicyVersion,
    supposed: Supposition | None = None,
    tried: Adjustment | None = None,
) -> Snapshot:
    """Write down what the round's next solving is given.

    Keys and seed are those of the result that the round goes by, so that pairs which are
    equally good stay as they are. ``tried`` is a pin that is there for this solving alone.

    Raises
    ------
    NobodyToMatch
        If there is no mentor or no mentee.
    Contradiction
        If what is supposed cannot be.
    """
    candidates = find_candidates(session, programme, round_, compared=False)
    if not candidates.can_be_matched:
        raise NobodyToMatch
    taken = solved_snapshot(session, round_)
    keys = draw_keys(candidates, read_keys(session, taken) if taken is not None else None)
    content = describe(session, round_, candidates, keys=keys)
    _drop_unkeepable(content, policy)
    if supposed is not None:
        _suppose(content, supposed, candidates, keys=keys, policy=policy)
    if tried is not None:
        content["tried"] = tried.key
    snapshot = Snapshot(
        programme_id=programme.id,
        round_id=round_.id,
        policy_version_id=policy.id,
        number=_next_number(session, round_),
        seed=taken.seed if taken is not None else secrets.randbelow(_SEEDS),
        engine=ENGINE,
        content=content | {"as_of": as_of(session, round_)},
        hypothetical=supposed is not None,
    )
    session.add(snapshot)
    session.flush()
    _write_people(session, snapshot, candidates, keys=keys)
    return snapshot


def as_of(session: Session, round_: Round) -> list[Any]:
    """Say where coordinators are with a round: whatever they do next changes it.

    Counts of decisions, adjustments, adjustments undone and exclusions, and since when the
    last of these is there.
    """
    programme = Exclusion.programme_id == round_.programme_id
    excluded = sa.select(sa.func.count(Exclusion.id)).where(programme)
    last = sa.select(sa.func.max(Exclusion.created_at)).where(programme).scalar_subquery()
    adjusted = sa.select(sa.func.count(Adjustment.id)).where(
        Adjustment.programme_id == round_.programme_id, Adjustment.round_id == round_.id
    )
    decided = (
        sa.select(sa.func.count(Decision.id))
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Proposal.programme_id == round_.programme_id, Proposal.round_id == round_.id)
    )
    undone = adjusted.where(Adjustment.undone_at.is_not(None))
    counts = [each.scalar_subquery() for each in (decided, adjusted, undone, excluded)]
    *counted, since = session.execute(sa.select(*counts, last)).one()
    return [*counted, since and since.isoformat()]


def policy_of(session: Session, round_: Round, *, programme: Programme) -> PolicyVersion:
    """Return the policy of a round's next solving.

    That is the one in force, unless the round goes by a policy that was tried in it and none
    was adopted since.
    """
    current = policies.current(session, programme)
    return policy_after(used_policy(session, round_), current=current)


def policy_after(used: PolicyVersion | None, *, current: PolicyVersion) -> PolicyVersion:
    """Return the policy by which a round goes on from the one of its result, if it has any."""
    tried = used or current
    return tried if tried.is_trial and tried.number > current.number else current


def used_policy(session: Session, round_: Round) -> PolicyVersion | None:
    """Return the policy with which the result was found that a round goes by."""
    query = (
        sa.select(PolicyVersion)
        .join(Snapshot, Snapshot.policy_version_id == PolicyVersion.id)
        .where(
            Snapshot.programme_id == round_.programme_id,
            Snapshot.round_id == round_.id,
            Snapshot.taken_at.is_not(None),
        )
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _drop_unkeepable(content: dict[str, Any], policy: PolicyVersion) -> None:
    """Leave pins out that a rule forbids by now; what one cannot keep must not stop a round."""
    lost = find_unkeepable(content, policy.content)
    content["pinned"] = [pair for at, pair in enumerate(content["pinned"]) if at not in lost]


def _suppose(
    content: dict[str, Any],
    supposed: Supposition,
    candidates: Candidates,
    *,
    keys: Keys,
    policy: PolicyVersion,
) -> None:
    ours = _find(candidates.mentors, supposed.mentor_key)
    theirs = _find(candidates.mentees, supposed.mentee_key)
    if ours is None or theirs is None:
        raise Contradiction("not_in_round")
    pair = [keys.mentors[ours.person_id], keys.mentees[theirs.person_id]]
    pins = sum(mentor == pair[0] and mentee != pair[1] for mentor, mentee in content["pinned"])
    if supposed.kind != "capacity" and pins >= ours.places:
        raise Contradiction("no_place")
    try:
        suppose(content, policy.content, kind=supposed.kind, pair=pair)
    except NotSupposable as error:
        raise Contradiction("against_rules", rules=error.rules) from error
    content["supposed"] = {"kind": supposed.kind, "mentor": pair[0], "mentee": pair[1]}


def _find(people: Sequence[Candidate], key: str) -> Candidate | None:
    return next((each for each in people if each.key == key), None)


def _write_people(
    session: Session, snapshot: Snapshot, candidates: Candidates, *, keys: Keys
) -> None:
    of = {Side.MENTOR: keys.mentors, Side.MENTEE: keys.mentees}
    rows = [
        {
            "programme_id": snapshot.programme_id,
            "snapshot_id": snapshot.id,
            "key": of[person.side][person.person_id],
            "side": person.side,
            "profile_id": person.profile_id,
        }
        for person in (*candidates.mentors, *candidates.mentees)
    ]
    session.execute(sa.insert(SnapshotPerson), rows)


def _next_number(session: Session, round_: Round) -> int:
    last = sa.select(sa.func.max(Snapshot.number)).where(
        Snapshot.programme_id == round_.programme_id, Snapshot.round_id == round_.id
    )
    return (session.scalar(last) or 0) + 1

"""A round's second piece of work: what is worked out about a result once the round goes by it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from tandem.db import transaction
from tandem.models import Profile, Programme, Round, RoundState, Side, Snapshot, SnapshotPerson
from tandem.services.matchmaking.groups import count_groups
from tandem.services.matchmaking.insights import nothing
from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.matchmaking.solving import Task
from tandem.services.programmes import take_turns
from tandem.work import Claim, held

_GIVEN_UP = "given_up"


def begin(session: Session, claim: Claim[Round], *, most_attempts: int) -> Task | None:
    """Return what the child needs to work out a round's insights; none where there is nothing.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it is to be solved again.
    """
    with transaction(session):
        round_ = held(session, claim)
        taken = solved_snapshot(session, round_)
        if round_.state is not RoundState.READY or taken is None or taken.insights is not None:
            round_.schedule(None)
            return None
        if round_.attempts > most_attempts:
            _write(session, taken, nothing(_GIVEN_UP))
            round_.schedule(None)
            return None
        return {
            "kind": "insights",
            "content": taken.content,
            "policy": taken.policy_version.content,
            "seed": taken.seed,
            "digest": taken.digest,
        }


def publish(session: Session, claim: Claim[Round], found: dict[str, Any]) -> None:
    """Write insights down beside the result that they are about.

    Raises
    ------
    LostClaim
        If someone else holds the round by now, or it is to be solved again.
    """
    with transaction(session):
        take_turns(session, session.get_one(Round, claim.id).programme_id)
        round_ = held(session, claim)
        taken = solved_snapshot(session, round_)
        if taken is not None:
            _write(session, taken, found)
        round_.schedule(None)


def _write(session: Session, taken: Snapshot, found: dict[str, Any]) -> None:
    programme = session.get_one(Programme, taken.programme_id)
    profiles = _profiles(session, taken)
    taken.insights = found | {
        "recruit": [_with_town(each, taken, profiles) for each in found["recruit"]],
        "groups": count_groups(taken.result or {}, profiles, programme=programme),
    }


def _with_town(
    kind: dict[str, Any], taken: Snapshot, profiles: Mapping[str, Profile]
) -> dict[str, Any]:
    """Give a kind of mentor, instead of a point on a plane, the postal code that lies there."""
    here = kind.pop("place")
    codes = {
        profiles[each["id"]].postal_code
        for each in taken.content["mentees"]
        if here is not None and each["place"] == here and each["id"] in profiles
    }
    return kind | {"postal_code": min((code for code in codes if code), default=None)}


def _profiles(session: Session, snapshot: Snapshot) -> Mapping[str, Profile]:
    query = (
        sa.select(SnapshotPerson.key, Profile)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
            SnapshotPerson.side == Side.MENTEE,
        )
        .options(selectinload(Profile.language_skills))
        .order_by(SnapshotPerson.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}

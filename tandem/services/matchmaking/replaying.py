"""Replaying: a snapshot is solved once more, and must give the very same."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.errors import NotFound
from tandem.models import Round, Snapshot, SnapshotPerson
from tandem.services.matchmaking.solving import ENGINE, solve

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What came of solving a snapshot once more.

    Attributes
    ----------
    number : which solving of the round
    engine, digest : of the result that was kept
    engine_now, digest_now : of the one worked out just now
    lost, gained : pairs of keys that only the kept one, or only the new one, makes
    rescored : pairs of keys that both make, with other points
    score, score_now : points of all pairs together
    erased : how many people of the snapshot were erased since
    """

    number: int
    engine: str
    engine_now: str
    digest: str
    digest_now: str
    lost: Sequence[Pair]
    gained: Sequence[Pair]
    rescored: Sequence[Pair]
    score: int
    score_now: int
    erased: int

    @property
    def is_same(self) -> bool:
        """Whether the two agree, digit for digit."""
        return self.digest == self.digest_now


def replay(session: Session, round_key: str, *, number: int | None = None) -> Replay:
    """Solve one solving of a round once more: the one it goes by, or the given one.

    A person who was erased leaves their entries behind, without a link to anybody; they count
    as before.

    Raises
    ------
    NotFound
        If there is no such round, or no such solving with a result.
    NotSolved
        If the engine refuses the input now.
    """
    snapshot = _get(session, round_key, number)
    task = {
        "content": snapshot.content,
        "policy": snapshot.policy_version.content,
        "seed": snapshot.seed,
    }
    now = solve(task, lambda _step, _done, _total: None)
    then = snapshot.result or {}
    before = {(each["mentor"], each["mentee"]): each["score"] for each in then["proposals"]}
    after = {(each["mentor"], each["mentee"]): each["score"] for each in now["proposals"]}
    return Replay(
        number=snapshot.number,
        engine=snapshot.engine,
        engine_now=ENGINE,
        digest=snapshot.digest or "",
        digest_now=now["digest"],
        lost=sorted(before.keys() - after.keys()),
        gained=sorted(after.keys() - before.keys()),
        rescored=sorted(
            pair for pair in before.keys() & after.keys() if before[pair] != after[pair]
        ),
        score=then["score"],
        score_now=now["score"],
        erased=_count_erased(session, snapshot),
    )


def _get(session: Session, round_key: str, number: int | None) -> Snapshot:
    query = (
        sa.select(Snapshot)
        .join(Round, Round.id == Snapshot.round_id)
        .where(Round.key == round_key, Snapshot.solved_at.is_not(None))
        .where(Snapshot.taken_at.is_not(None) if number is None else Snapshot.number == number)
        .options(joinedload(Snapshot.policy_version))
        .order_by(Snapshot.number.desc())
        .limit(1)
    )
    snapshot = session.scalars(query).one_or_none()
    if snapshot is None:
        raise NotFound
    return snapshot


def _count_erased(session: Session, snapshot: Snapshot) -> int:
    query = sa.select(sa.func.count(SnapshotPerson.id)).where(
        SnapshotPerson.programme_id == snapshot.programme_id,
        SnapshotPerson.snapshot_id == snapshot.id,
        SnapshotPerson.profile_id.is_(None),
    )
    return session.scalar(query) or 0

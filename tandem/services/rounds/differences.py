"""What a trial would change, pair by pair, before anybody takes it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    Adjustment,
    AdjustmentKind,
    Mentee,
    Mentor,
    PolicyVersion,
    Proposal,
    ProposalState,
    Round,
    Snapshot,
)
from tandem.services.matchmaking.proposing import solved_snapshot
from tandem.services.rounds.adjustments import list_adjustments
from tandem.services.rounds.faces import Face, list_faces
from tandem.services.rounds.snapshots import as_of


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """With whom a mentee would be, and for how many points."""

    mentor: Face
    score: int
    is_pinned: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One mentee before and after.

    Attributes
    ----------
    before : as the round goes now; none without a proposal
    after : as the trial has it; none without a proposal
    is_stale : whether the pair after it no longer holds: one of the two changed their
        profile or left since the trial was asked for
    """

    mentee: Face
    before: Pairing | None
    after: Pairing | None
    is_stale: bool

    @property
    def kind(self) -> str:
        """``kept``, ``moved``, ``new`` or ``gone``."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        same = self.before.mentor.person_key == self.after.mentor.person_key
        return "kept" if same else "moved"


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """What a trial supposes that is not so: of whom, and which rule gives way."""

    kind: str
    mentor: Face
    mentee: Face


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How a trial differs from what the round goes by.

    Attributes
    ----------
    steps : every mentee with a proposal before or after; by the mentee's name
    enters, leaves : who would be new to the round, and who no longer in it for another
        reason than a tandem; by name
    adjustments : what is in force in the round
    lost_pins : pins that could not be kept
    supposed : for a trial that can only be looked at
    is_outdated : whether somebody decided or adjusted something since; it cannot be taken
    """

    trial: Snapshot
    steps: Sequence[Step]
    enters: Sequence[Face]
    leaves: Sequence[Face]
    adjustments: Sequence[Adjustment]
    lost_pins: Sequence[Adjustment]
    supposed: Supposed | None
    policy_before: PolicyVersion
    is_outdated: bool

    @cached_property
    def changes(self) -> Sequence[Step]:
        """The steps that are any: moved, new and gone."""
        return [step for step in self.steps if step.kind != "kept"]

    def of(self, kind: str) -> Sequence[Step]:
        """Return the steps of one kind."""
        return [step for step in self.steps if step.kind == kind]

    @property
    def tandems_before(self) -> int:
        """How many proposals wait for a decision now."""
        return sum(step.before is not None for step in self.steps)

    @property
    def tandems_after(self) -> int:
        """How many would."""
        return sum(step.after is not None for step in self.steps)

    @property
    def points_before(self) -> int:
        """All pairs together, now."""
        return sum(step.before.score for step in self.steps if step.before)

    @property
    def points_after(self) -> int:
        """All pairs together, then."""
        return sum(step.after.score for step in self.steps if step.after)

    @property
    def changes_policy(self) -> bool:
        """Whether it was solved under another policy."""
        return self.trial.policy_version_id != self.policy_before.id


def difference(session: Session, round_: Round, trial: Snapshot) -> Difference:
    """Compare a trial with the proposals of a round that still wait for a decision.

    Whom an erased profile belongs to cannot be said any more: such people, and pairs of them,
    are left out.
    """
    taken = solved_snapshot(session, round_)
    assert taken is not None  # noqa: S101 - the first result of a round is taken at once
    faces = list_faces(session, trial)
    old, new = _by_person(list_faces(session, taken)), _by_person(faces)
    answer = _read(session, trial)
    pairs = _pairs(session, round_)
    before, after = _before(pairs, taken, old), _after(answer, faces)
    everyone = old | new
    steps = [
        _step(everyone[mentee], before.get(mentee), after.get(mentee))
        for mentee in before.keys() | after.keys()
    ]
    confirmed = _confirmed(pairs)
    still = new.keys() | {key for pair in confirmed for key in pair}
    outdated = answer["as_of"] != as_of(session, round_)
    in_force = list_adjustments(session, round_)
    return Difference(
        trial=trial,
        steps=sorted(steps, key=lambda step: _order(step.mentee)),
        enters=_sorted(face for key, face in new.items() if key not in old),
        leaves=_sorted(face for key, face in old.items() if key not in still),
        adjustments=in_force,
        lost_pins=[] if outdated else _lost_pins(in_force, after=after, confirmed=confirmed),
        supposed=_supposed(answer["supposed"], faces),
        policy_before=taken.policy_version,
        is_outdated=outdated,
    )


def _by_person(faces: Mapping[str, Face]) -> dict[str, Face]:
    return {face.person_key: face for face in faces.values() if face.is_known}


def _order(face: Face) -> tuple[str, str]:
    return face.name.casefold(), face.person_key


def _sorted(faces: Iterable[Face]) -> list[Face]:
    return sorted(faces, key=_order)


def _read(session: Session, trial: Snapshot) -> Mapping[str, Any]:
    """Read of a trial only what is compared; people alone would be most of it."""
    query = sa.select(
        Snapshot.result["proposals"].label("proposals"),
        Snapshot.content["pinned"].label("pinned"),
        Snapshot.content["supposed"].label("supposed"),
        Snapshot.content["as_of"].label("as_of"),
    ).where(Snapshot.programme_id == trial.programme_id, Snapshot.id == trial.id)
    return session.execute(query).one()._asdict()


def _pairs(session: Session, round_: Round) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the pairs of a round that wait for a decision or were confirmed."""
    query = (
        sa.select(
            Mentee.key.label("mentee"),
            Mentor.key.label("mentor"),
            Proposal.score,
            Proposal.state,
            Proposal.snapshot_id,
        )
        .select_from(Proposal)
        .join(Mentee, Mentee.id == Proposal.mentee_id)
        .join(Mentor, Mentor.id == Proposal.mentor_id)
        .where(
            Proposal.programme_id == round_.programme_id,
            Proposal.round_id == round_.id,
            Proposal.state.in_((ProposalState.OPEN, ProposalState.CONFIRMED)),
        )
        .order_by(Proposal.id)
    )
    return session.execute(query).all()


def _before(
    pairs: Iterable[sa.Row[*tuple[Any, ...]]], taken: Snapshot, people: Mapping[str, Face]
) -> Mapping[str, Pairing]:
    return {
        pair.mentee: Pairing(mentor=people[pair.mentor], score=pair.score)
        for pair in pairs
        if pair.state is ProposalState.OPEN and pair.snapshot_id == taken.id
        if pair.mentee in people and pair.mentor in people
    }


def _after(answer: Mapping[str, Any], faces: Mapping[str, Face]) -> Mapping[str, Pairing]:
    pins = {(mentor, mentee) for mentor, mentee in answer["pinned"]}
    if answer["supposed"]:
        pins.discard((answer["supposed"]["mentor"], answer["supposed"]["mentee"]))
    return {
        faces[each["mentee"]].person_key: Pairing(
            mentor=faces[each["mentor"]],
            score=each["score"],
            is_pinned=(each["mentor"], each["mentee"]) in pins,
        )
        for each in answer["proposals"]
        if faces[each["mentee"]].is_known and faces[each["mentor"]].is_known
    }


def _step(mentee: Face, before: Pairing | None, after: Pairing | None) -> Step:
    stale = after is not None and (mentee.has_changed or after.mentor.has_changed)
    return Step(mentee=mentee, before=before, after=after, is_stale=stale)


def _confirmed(pairs: Iterable[sa.Row[*tuple[Any, ...]]]) -> Set[tuple[str, str]]:
    return {(pair.mentor, pair.mentee) for pair in pairs if pair.state is ProposalState.CONFIRMED}


def _lost_pins(
    in_force: Iterable[Adjustment],
    *,
    after: Mapping[str, Pairing],
    confirmed: Set[tuple[str, str]],
) -> list[Adjustment]:
    made = {(pairing.mentor.person_key, mentee) for mentee, pairing in after.items()}
    return [
        each
        for each in in_force
        if each.kind is AdjustmentKind.PIN
        and each.mentor is not None
        and each.mentee is not None
        and (each.mentor.key, each.mentee.key) not in made | confirmed
    ]


def _supposed(said: Mapping[str, str] | None, faces: Mapping[str, Face]) -> Supposed | None:
    if said is None:
        return None
    return Supposed(kind=said["kind"], mentor=faces[said["mentor"]], mentee=faces[said["mentee"]])

"""Random keys: under which people stand in the snapshots of a round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Profile, Snapshot, SnapshotPerson
from tandem.models.base import new_key
from tandem.services.rounds.candidates import Candidates


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The random keys of one snapshot, by the ids of mentors and of mentees."""

    mentors: Mapping[int, str]
    mentees: Mapping[int, str]

    def pairs(self, ids: Iterable[Sequence[int]]) -> list[list[str]]:
        """Return pairs of a mentor and a mentee by their keys, where both have one."""
        return [
            [self.mentors[mentor], self.mentees[mentee]]
            for mentor, mentee in ids
            if mentor in self.mentors and mentee in self.mentees
        ]


def draw_keys(candidates: Candidates, known: Keys | None = None) -> Keys:
    """Give everyone who is in a key that means nothing elsewhere, or the one they have.

    Among equally good results the keys decide: with others, half of them would change.
    """
    had = known or Keys(mentors={}, mentees={})
    return Keys(
        mentors={
            each.person_id: had.mentors.get(each.person_id) or new_key()
            for each in candidates.mentors
        },
        mentees={
            each.person_id: had.mentees.get(each.person_id) or new_key()
            for each in candidates.mentees
        },
    )


def read_keys(session: Session, snapshot: Snapshot) -> Keys:
    """Return under which keys people stand in a snapshot."""
    query = (
        sa.select(SnapshotPerson.key, Profile.mentor_id, Profile.mentee_id)
        .join(Profile, Profile.id == SnapshotPerson.profile_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
        )
        .order_by(SnapshotPerson.id)
    )
    rows = session.execute(query).all()
    return Keys(
        mentors={mentor: key for key, mentor, _ in rows if mentor is not None},
        mentees={mentee: key for key, _, mentee in rows if mentee is not None},
    )

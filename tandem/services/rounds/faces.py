"""Who stands behind the random keys of a snapshot, as far as that is still known."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import (
    Account,
    Company,
    CompanyState,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Side,
    Snapshot,
    SnapshotPerson,
)

_TAKE_PART = (None, CompanyState.VETTED)
"""Where a mentee has no company, a mentor has one."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A person behind a key; without a profile where the person was erased."""

    key: str
    side: Side
    profile_id: int | None = None
    name: str = ""
    person_key: str = ""
    occupation: str | None = None
    job_title: str = ""
    company: str = ""
    postal_code: str | None = None
    state: ProfileState | None = None
    takes_part: bool = True
    """Not: the person objected to being matched, or the company left or is not checked."""

    @property
    def is_known(self) -> bool:
        """Whether it can still be said who this is."""
        return self.state is not None

    @property
    def has_changed(self) -> bool:
        """Whether what the round knew of this person is no longer what counts."""
        return self.state is not ProfileState.APPROVED or not self.takes_part


def list_faces(
    session: Session,
    snapshot: Snapshot,
    keys: Collection[str] | None = None,
    *,
    profile_ids: Collection[int] = (),
) -> dict[str, Face]:
    """Return the people of a snapshot by their keys.

    Parameters
    ----------
    keys : collection of str, optional
        Whom; without them everybody.
    profile_ids : collection of int
        Who else, by the version of their profile that the snapshot holds.
    """
    if keys is not None and not keys and not profile_ids:
        return {}
    query = (
        sa.select(
            SnapshotPerson.key,
            SnapshotPerson.side,
            SnapshotPerson.profile_id,
            Account.first_name,
            Account.last_name,
            sa.func.coalesce(Mentor.key, Mentee.key).label("person_key"),
            Profile.occupation,
            Profile.job_title,
            Profile.postal_code,
            Profile.state,
            Company.name.label("company"),
            Company.state.label("standing"),
            sa.func.coalesce(Mentor.objected_at, Mentee.objected_at).label("objected_at"),
        )
        .outerjoin(Profile, Profile.id == SnapshotPerson.profile_id)
        .outerjoin(Mentor, Mentor.id == Profile.mentor_id)
        .outerjoin(Mentee, Mentee.id == Profile.mentee_id)
        .outerjoin(Company, Company.id == Mentor.company_id)
        .outerjoin(
            Membership,
            Membership.id == sa.func.coalesce(Mentor.membership_id, Mentee.membership_id),
        )
        .outerjoin(Account, Account.id == Membership.account_id)
        .where(
            SnapshotPerson.programme_id == snapshot.programme_id,
            SnapshotPerson.snapshot_id == snapshot.id,
        )
        .order_by(SnapshotPerson.id)
    )
    if keys is not None:
        query = query.where(
            SnapshotPerson.key.in_(keys) | SnapshotPerson.profile_id.in_(profile_ids)
        )
    return {row.key: _face(row) for row in session.execute(query)}


def _face(row: sa.Row[*tuple[Any, ...]]) -> Face:
    if row.state is None:
        return Face(key=row.key, side=row.side)
    return Face(
        key=row.key,
        side=row.side,
        profile_id=row.profile_id,
        name=f"{row.first_name} {row.last_name}",
        person_key=row.person_key,
        occupation=row.occupation,
        job_title=row.job_title,
        company=row.company or "",
        postal_code=row.postal_code,
        state=row.state,
        takes_part=row.objected_at is None and row.standing in _TAKE_PART,
    )

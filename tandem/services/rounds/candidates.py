"""Who would be in a round now, who would not and why, and what they left unsaid."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem.models import (
    LIVE,
    Account,
    Company,
    CompanyState,
    LanguageSkill,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Side,
    Tandem,
)
from tandem.models.profiles import IN_FORCE, OPEN

ASKED = ("sectors", "occupation", "level", "fields", "postal_code", "topics")
"""What costs points where it is missing."""
_WAITING = {
    ProfileState.DRAFT: "not_sent",
    ProfileState.SUBMITTED: "not_approved",
    ProfileState.RETURNED: "asked_back",
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A person as the next snapshot would see them."""

    side: Side
    person_id: int
    key: str
    name: str
    profile_id: int | None
    reason: str | None
    """Code of why the person is not in; none: the person is in."""
    gaps: tuple[str, ...]
    places: int
    """How many tandems the person is free for."""
    capacity: int
    """How many tandems at a time; one for a mentee."""

    @property
    def is_in(self) -> bool:
        """Whether the person takes part."""
        return self.reason is None


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Everyone of a programme who might take part."""

    everyone: Sequence[Candidate]

    @cached_property
    def mentors(self) -> Sequence[Candidate]:
        """Mentors who are in."""
        return [each for each in self.everyone if each.is_in and each.side is Side.MENTOR]

    @cached_property
    def mentees(self) -> Sequence[Candidate]:
        """Mentees who are in."""
        return [each for each in self.everyone if each.is_in and each.side is Side.MENTEE]

    @cached_property
    def left_out(self) -> Sequence[Candidate]:
        """Those who are not in."""
        return [each for each in self.everyone if not each.is_in]

    @cached_property
    def places(self) -> int:
        """How many tandems all mentors together are free for."""
        return sum(each.places for each in self.mentors)

    @property
    def can_be_matched(self) -> bool:
        """Whether there is somebody on both sides."""
        return bool(self.mentors and self.mentees)


def find_candidates(session: Session, programme: Programme) -> Candidates:
    """Return everyone who has, or is about to have, a profile; by name.

    Who declined or left is not among them.
    """
    mentors = [_mentor(row) for row in session.execute(_query(programme, Side.MENTOR))]
    mentees = [_mentee(row) for row in session.execute(_query(programme, Side.MENTEE))]
    return Candidates(everyone=[each for each in (*mentors, *mentees) if each is not None])


def _query(programme: Programme, side: Side) -> sa.Select[Any]:
    person = Mentor if side is Side.MENTOR else Mentee
    ours = "mentor_id" if side is Side.MENTOR else "mentee_id"
    current, waiting = aliased(Profile), aliased(Profile)
    taken = (
        sa.select(sa.func.count())
        .where(getattr(Tandem, ours) == person.id, Tandem.state.in_(LIVE))
        .scalar_subquery()
    )
    speaks = sa.exists().where(LanguageSkill.profile_id == current.id)
    query = (
        sa.select(
            person.id,
            person.key,
            Account.first_name,
            Account.last_name,
            Account.confirmed_at,
            Account.disabled_at,
            current.id.label("profile_id"),
            current.state,
            waiting.state.label("waiting"),
            taken.label("taken"),
            speaks.label("speaks"),
            *(_is_said(getattr(current, name)).label(name) for name in ASKED),
        )
        .join(Membership, Membership.id == person.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(current, (getattr(current, ours) == person.id) & current.state.in_(IN_FORCE))
        .outerjoin(waiting, (getattr(waiting, ours) == person.id) & waiting.state.in_(OPEN))
        .where(person.programme_id == programme.id)
        .order_by(Account.last_name, Account.first_name, person.id)
    )
    if person is Mentor:
        query = query.add_columns(Mentor.capacity, Company.state.label("company"))
        query = query.join(Company, Company.id == Mentor.company_id)
    return query


def _is_said(entry: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether there is anything in an entry; lists are not read for that."""
    if isinstance(entry.type, sa.JSON):
        return sa.cast(entry, sa.String) != "[]"
    if isinstance(entry.type, sa.String):
        return entry != ""
    return entry.is_not(None)


def _mentor(row: sa.Row[Any]) -> Candidate | None:
    places = max(row.capacity - row.taken, 0)
    reason = None if places else "no_place"
    if row.company is not CompanyState.VETTED:
        reason = "company_not_vetted"
    return _candidate(row, Side.MENTOR, reason=reason, places=places, capacity=row.capacity)


def _mentee(row: sa.Row[Any]) -> Candidate | None:
    reason = "in_tandem" if row.taken else None
    return _candidate(row, Side.MENTEE, reason=reason, places=0 if row.taken else 1, capacity=1)


def _candidate(
    row: sa.Row[Any], side: Side, *, reason: str | None, places: int, capacity: int
) -> Candidate | None:
    if row.state is None and row.waiting is None:
        return None
    missing = [] if row.speaks else ["languages"]
    missing += [name for name in ASKED if not getattr(row, name)]
    return Candidate(
        side=side,
        person_id=row.id,
        key=row.key,
        name=f"{row.first_name} {row.last_name}",
        profile_id=row.profile_id,
        reason=_standing(row) or reason,
        gaps=tuple(missing) if row.state else (),
        places=places,
        capacity=capacity,
    )


def _standing(row: sa.Row[Any]) -> str | None:
    """Return why the account or the profile keeps a person out, whoever they are."""
    if row.disabled_at is not None:
        return "account_closed"
    if row.state is None:
        return _WAITING[row.waiting]
    if row.state is ProfileState.PAUSED:
        return "paused"
    return "not_confirmed" if row.confirmed_at is None else None

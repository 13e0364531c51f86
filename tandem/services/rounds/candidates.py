"""Who would be in a round now, who would not and why, and what they left unsaid."""

from collections.abc import Collection, Sequence
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
    Round,
    Side,
    Tandem,
)
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services.rounds.histories import History, get_history
from tandem.services.rounds.ties import Ties, read_ties

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
    waiting: int = 0
    """How many closed rounds left a mentee without a tandem."""
    is_called: bool = False
    """Whether the person has no account of their own, so that the coordinators ask them."""
    company_id: int | None = None
    was_in: bool | None = None
    """Whether the person stood in the result the round goes by; none: there is none yet."""

    @property
    def is_in(self) -> bool:
        """Whether the person takes part."""
        return self.reason is None

    @property
    def joins(self) -> bool:
        """Whether the person would be new to the round if it were solved again."""
        return self.is_in and self.was_in is False

    @property
    def leaves(self) -> bool:
        """Whether the person would no longer be in the round if it were solved again."""
        return not self.is_in and self.was_in is True


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Everyone of a programme who might take part, and what is between them already."""

    everyone: Sequence[Candidate]
    ties: Ties

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


def find_candidates(
    session: Session,
    programme: Programme,
    round_: Round | None = None,
    *,
    compared: bool = True,
) -> Candidates:
    """Return everyone who has, or is about to have, a profile; by name.

    With a round, whom it sets aside, or is not meant for, is not in; compared, it is told who
    stood in the result that it goes by. Who declined or left is not among them.
    """
    history = get_history(session, programme, round_, compared=compared)
    ties = read_ties(session, programme, round_)
    everyone = [
        _candidate(row, side, history=history, ties=ties)
        for side in Side
        for row in session.execute(_query(programme, side))
        if _is_known(row)
    ]
    return Candidates(everyone=everyone, ties=ties)


def find_some(
    session: Session,
    programme: Programme,
    round_: Round,
    *,
    mentors: Collection[int] = (),
    mentees: Collection[int] = (),
) -> Candidates:
    """Return only these people, by their ids, as :func:`find_candidates` does."""
    history = get_history(session, programme, round_, compared=False)
    ties = read_ties(session, programme, round_)
    sought = {Side.MENTOR: (Mentor.id, mentors), Side.MENTEE: (Mentee.id, mentees)}
    everyone = [
        _candidate(row, side, history=history, ties=ties)
        for side, (person_id, ids) in sought.items()
        for row in session.execute(_query(programme, side).where(person_id.in_(ids)))
        if _is_known(row)
    ]
    return Candidates(everyone=everyone, ties=ties)


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
    columns: list[Any] = [
        person.id,
        person.key,
        Account.first_name,
        Account.last_name,
        Account.confirmed_at,
        Account.disabled_at,
        person.objected_at,
        person.informed_at,
        current.id.label("profile_id"),
        current.state,
        waiting.state.label("waiting"),
        taken.label("taken"),
        speaks.label("speaks"),
        *(_is_said(getattr(current, name)).label(name) for name in ASKED),
    ]
    query = (
        sa.select(*columns)
        .join(Membership, Membership.id == person.membership_id)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(current, (getattr(current, ours) == person.id) & current.state.in_(IN_FORCE))
        .outerjoin(waiting, (getattr(waiting, ours) == person.id) & waiting.state.in_(OPEN))
        .where(person.programme_id == programme.id)
        .order_by(Account.last_name, Account.first_name, person.id)
    )
    if person is Mentor:
        query = query.add_columns(
            Mentor.capacity, Mentor.company_id, Company.state.label("company")
        )
        query = query.join(Company, Company.id == Mentor.company_id)
    return query


def _is_said(entry: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether there is anything in an entry; lists are not read for that."""
    if isinstance(entry.type, sa.JSON):
        return sa.cast(entry, sa.String) != "[]"
    if isinstance(entry.type, sa.String):
        return entry != ""
    return entry.is_not(None)


def _is_known(row: sa.Row[Any]) -> bool:
    return row.state is not None or row.waiting is not None


def _candidate(row: sa.Row[Any], side: Side, *, history: History, ties: Ties) -> Candidate:
    missing = [] if row.speaks else ["languages"]
    missing += [name for name in ASKED if not getattr(row, name)]
    capacity = row.capacity if side is Side.MENTOR else 1
    were_in = history.were_in.get(side)
    return Candidate(
        side=side,
        person_id=row.id,
        key=row.key,
        name=f"{row.first_name} {row.last_name}",
        profile_id=row.profile_id,
        reason=_standing(row)
        or _engagement(row, side)
        or _role(row, side, history=history, ties=ties),
        gaps=tuple(missing) if row.state else (),
        places=max(capacity - row.taken, 0),
        capacity=capacity,
        waiting=history.waited.get(row.id, 0) if side is Side.MENTEE else 0,
        is_called=row.informed_at is not None and row.confirmed_at is None,
        company_id=row.company_id if side is Side.MENTOR else None,
        was_in=row.id in were_in if were_in is not None else None,
    )


def _standing(row: sa.Row[Any]) -> str | None:
    """Return why the account or the profile keeps a person out, whoever they are."""
    if row.disabled_at is not None:
        return "account_closed"
    if row.objected_at is not None:
        return "objected"
    if row.state is None:
        return _WAITING[row.waiting]
    if row.state is ProfileState.PAUSED:
        return "paused"
    reached = row.confirmed_at is not None or row.informed_at is not None
    return None if reached else "not_confirmed"


def _engagement(row: sa.Row[Any], side: Side) -> str | None:
    """Return why company or tandems keep a person out."""
    if side is Side.MENTEE:
        return "in_tandem" if row.taken else None
    if row.company is not CompanyState.VETTED:
        return "company_not_vetted"
    return None if row.capacity > row.taken else "no_place"


def _role(row: sa.Row[Any], side: Side, *, history: History, ties: Ties) -> str | None:
    """Return why the round itself keeps a person out."""
    if row.id in ties.set_aside.get(side, ()):
        return "set_aside"
    is_new = side is Side.MENTEE and not history.waited.get(row.id)
    return "not_waiting" if history.waiting_only and is_new else None

"""Finding people: who waits for a decision, who is there, and one of them with all versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tandem.errors import NotFound
from tandem.models import (
    Account,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Side,
    Tandem,
)
from tandem.models.profiles import IN_FORCE
from tandem.services.people.searching import Search, find_memberships
from tandem.services.permissions import can_coordinate, require
from tandem.services.tandems.finding import WITH_PEOPLE

PAGE_SIZE = 50
_AT_ONCE = 500
_WITH_PERSON: tuple[ORMOption, ...] = (
    joinedload(Profile.mentor).joinedload(Mentor.membership).joinedload(Membership.account),
    joinedload(Profile.mentor).joinedload(Mentor.company),
    joinedload(Profile.mentee).joinedload(Mentee.membership).joinedload(Membership.account),
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A mentor or mentee with the versions of their profile, newest first."""

    who: Mentor | Mentee
    versions: Sequence[Profile]

    @property
    def side(self) -> Side:
        """On which side they take part."""
        return Side.MENTOR if isinstance(self.who, Mentor) else Side.MENTEE

    @property
    def waiting(self) -> Profile | None:
        """The version that waits for a decision."""
        return self._first(ProfileState.SUBMITTED)

    @property
    def in_force(self) -> Profile | None:
        """The version that counts."""
        return self._first(*IN_FORCE)

    @property
    def shown(self) -> Profile | None:
        """The version that says most about them now."""
        return self.waiting or self.in_force or next(iter(self.versions), None)

    def _first(self, *states: ProfileState) -> Profile | None:
        return next((each for each in self.versions if each.state in states), None)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page of people, and how many were found in all."""

    people: Sequence[Person]
    found: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


def list_waiting(
    session: Session, programme: Programme, *, actor: Account, most: int = PAGE_SIZE
) -> Sequence[Profile]:
    """Return the versions that wait for a decision, the one that waits longest first."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Profile)
        .where(Profile.programme_id == programme.id, Profile.state == ProfileState.SUBMITTED)
        .order_by(Profile.submitted_at, Profile.id)
        .limit(most)
        .options(*_WITH_PERSON)
    )
    return session.scalars(query).all()


def count_waiting(session: Session, programme: Programme, *, actor: Account) -> int:
    """Return how many versions wait for a decision."""
    require(can_coordinate(actor, programme.id))
    query = sa.select(sa.func.count(Profile.id)).where(
        Profile.programme_id == programme.id, Profile.state == ProfileState.SUBMITTED
    )
    return session.scalar(query) or 0


def list_people(
    session: Session, programme: Programme, search: Search, *, actor: Account
) -> Listing:
    """Return one page of the people who are found, by name."""
    require(can_coordinate(actor, programme.id))
    found = find_memberships(session, programme, search)
    page = min(max(search.page, 1), max(1, -(-len(found) // PAGE_SIZE)))
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Listing(people=_people(session, programme, shown), found=len(found), page=page)


def walk_people(
    session: Session, programme: Programme, search: Search, *, actor: Account
) -> Iterator[Person]:
    """Yield everybody who is found, by name, with the languages of their profiles."""
    require(can_coordinate(actor, programme.id))
    found = find_memberships(session, programme, search)
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        yield from _people(session, programme, part, spoken=True)


def _people(
    session: Session, programme: Programme, memberships: Sequence[int], *, spoken: bool = False
) -> Sequence[Person]:
    """Return the people of these memberships, in this order."""
    query = _who(programme).where(Membership.id.in_(memberships))
    rows = [who for row in session.execute(query) for who in row if who is not None]
    place = {membership: at for at, membership in enumerate(memberships)}
    rows.sort(key=lambda who: place[who.membership_id])
    versions = _versions_of(session, programme, rows, spoken=spoken)
    return [Person(who=who, versions=versions.get((type(who), who.id), ())) for who in rows]


def _who(programme: Programme) -> sa.Select[Mentor, Mentee]:
    return (
        sa.select(Mentor, Mentee)
        .select_from(Membership)
        .outerjoin(Mentor, Mentor.membership_id == Membership.id)
        .outerjoin(Mentee, Mentee.membership_id == Membership.id)
        .where(Membership.programme_id == programme.id)
        .options(
            joinedload(Mentor.membership).joinedload(Membership.account),
            joinedload(Mentor.company),
            joinedload(Mentee.membership).joinedload(Membership.account),
        )
    )


def get_person(session: Session, key: str, *, programme: Programme, actor: Account) -> Person:
    """Return a mentor or mentee with every version of their profile.

    Raises
    ------
    NotFound
        If the programme has no such person.
    """
    require(can_coordinate(actor, programme.id))
    query = _who(programme).where((Mentor.key == key) | (Mentee.key == key))
    found = session.execute(query).one_or_none()
    who: Mentor | Mentee | None = next((one for one in found or () if one is not None), None)
    if who is None:
        raise NotFound
    [versions] = _versions_of(session, programme, [who], spoken=True).values() or [[]]
    return Person(who=who, versions=versions)


def list_tandems_of(
    session: Session, programme: Programme, who: Mentor | Mentee
) -> Sequence[Tandem]:
    """Return every tandem that a person was asked for or was in, newest first."""
    theirs = Tandem.mentor_id if isinstance(who, Mentor) else Tandem.mentee_id
    query = (
        sa.select(Tandem)
        .where(Tandem.programme_id == programme.id, theirs == who.id)
        .order_by(Tandem.id.desc())
        .options(*WITH_PEOPLE)
    )
    return session.scalars(query).all()


def _versions_of(
    session: Session,
    programme: Programme,
    rows: Sequence[Mentor | Mentee],
    *,
    spoken: bool = False,
) -> Mapping[tuple[type, int], list[Profile]]:
    mentors = [who.id for who in rows if isinstance(who, Mentor)]
    mentees = [who.id for who in rows if isinstance(who, Mentee)]
    query = (
        sa.select(Profile)
        .where(
            Profile.programme_id == programme.id,
            sa.or_(Profile.mentor_id.in_(mentors), Profile.mentee_id.in_(mentees)),
        )
        .order_by(Profile.number.desc(), Profile.id.desc())
        .options(*([selectinload(Profile.language_skills)] if spoken else []))
    )
    found: dict[tuple[type, int], list[Profile]] = {}
    for version in session.scalars(query):
        owner = (Mentor, version.mentor_id) if version.mentor_id else (Mentee, version.mentee_id)
        found.setdefault(owner, []).append(version)  # type: ignore[arg-type]
    return found

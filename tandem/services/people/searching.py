"""Whom a coordinator looks for: by name however it is written, and by what is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tandem import taxonomy
from tandem.models import (
    Account,
    Membership,
    Mentee,
    Mentor,
    Merge,
    Profile,
    ProfileState,
    Programme,
    Side,
)
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services.accounts import NO_MAIL
from tandem.taxonomy.words import spellings

_MOST_PLACES = 10_000


class Among(Enum):
    """Further marks by which people are found."""

    ENTERED = "entered"
    """Entered by staff."""
    NO_MAIL = "no_mail"
    """Without an e-mail address."""
    UNCONFIRMED = "unconfirmed"
    """With an address that nobody has confirmed."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """Whom a coordinator looks for."""

    name: str = ""
    side: Side | None = None
    state: ProfileState | None = None
    place: str = ""
    """Postal code, the beginning of one, or a town."""
    occupation: str = ""
    """Beginning of an ISCO-08 code: where a mentee wants to go, what a mentor does."""
    among: Among | None = None
    page: int = 1


def find_memberships(session: Session, programme: Programme, search: Search) -> Sequence[int]:
    """Return the ids of the memberships that are found, by name."""
    query = (
        sa.select(Membership.id, Account.first_name, Account.last_name)
        .join(Membership.account)
        .outerjoin(Mentor, Mentor.membership_id == Membership.id)
        .outerjoin(Mentee, Mentee.membership_id == Membership.id)
        .where(Membership.programme_id == programme.id, *_conditions(programme, search))
        .order_by(Account.last_name, Account.first_name, Membership.id)
    )
    rows = session.execute(query)
    if not search.name:
        return [row.id for row in rows]
    return [row.id for row in rows if says(f"{row.first_name} {row.last_name}", search.name)]


def is_named(text: str, account: type[Account] = Account) -> sa.ColumnElement[bool]:
    """Whether a part of an account's name reads so, in large letters or small."""
    name = account.first_name + " " + account.last_name
    ways = sorted({text, text.lower(), text.upper(), text.title(), text.capitalize()})
    folded = sa.func.lower(name).contains(text.lower(), autoescape=True)
    return sa.or_(folded, *(name.contains(way, autoescape=True) for way in ways))


def says(name: str, text: str) -> bool:
    """Whether a name has all the words of ``text``, accents, case and order apart."""
    sought = [words for words in (way.split() for way in spellings(text)) if words]
    return any(all(word in way for word in words) for way in spellings(name) for words in sought)


def _conditions(programme: Programme, search: Search) -> Iterable[sa.ColumnElement[bool]]:
    there = {
        Side.MENTOR: Mentor.id.is_not(None) & Mentor.erased_at.is_(None),
        Side.MENTEE: Mentee.id.is_not(None) & Mentee.erased_at.is_(None),
    }
    yield there[search.side] if search.side else sa.or_(*there.values())
    yield from _not_merged(programme)
    if search.state is not None:
        yield _says(programme, *_is_in(search.state))
    if search.place:
        found = taxonomy.search_places(search.place, most=_MOST_PLACES)
        codes = sorted({place.code for place in found})
        yield _says(programme, Profile.postal_code.in_(codes), Profile.state.in_(_SAID))
    if search.occupation:
        work = Profile.occupation.startswith(search.occupation, autoescape=True)
        yield _says(programme, work, Profile.state.in_(_SAID))
    if search.among is not None:
        yield _AMONG[search.among]


_SAID = (*OPEN, *IN_FORCE)
_HAS_NO_MAIL = Account.email.endswith(f"@{NO_MAIL}", autoescape=True)
_AMONG: Mapping[Among, sa.ColumnElement[bool]] = {
    Among.ENTERED: Mentor.entered_by_id.is_not(None) | Mentee.entered_by_id.is_not(None),
    Among.NO_MAIL: _HAS_NO_MAIL,
    Among.UNCONFIRMED: Account.confirmed_at.is_(None) & ~_HAS_NO_MAIL,
}


def _not_merged(programme: Programme) -> Iterable[sa.ColumnElement[bool]]:
    """Leave out who turned out to stand there twice."""
    for person, gone in ((Mentor.id, Merge.gone_mentor_id), (Mentee.id, Merge.gone_mentee_id)):
        merged = sa.select(gone).where(Merge.programme_id == programme.id, gone.is_not(None))
        yield person.is_(None) | person.not_in(merged)


def _says(programme: Programme, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether some version of a person's profile is such."""
    ours = (Profile.programme_id == programme.id, *conditions)
    sides = ((Mentor.id, Profile.mentor_id), (Mentee.id, Profile.mentee_id))
    return sa.or_(
        *(person.in_(sa.select(whose).where(whose.is_not(None), *ours)) for person, whose in sides)
    )


def _is_in(state: ProfileState) -> Iterable[sa.ColumnElement[bool]]:
    """Whether the version in force or the newest one is in this state."""
    yield Profile.state == state
    if state not in IN_FORCE:
        newer = aliased(Profile)
        for theirs, others in (
            (Profile.mentor_id, newer.mentor_id),
            (Profile.mentee_id, newer.mentee_id),
        ):
            yield ~sa.exists().where(others == theirs, newer.number > Profile.number)

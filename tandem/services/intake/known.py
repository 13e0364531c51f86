"""Who on a list is in the programme already."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, ImportKind, Membership, Mentee, Mentor, Profile, ProfileState
from tandem.models.profiles import IN_FORCE, OPEN
from tandem.services.imports import Person, Sure, Understanding, Understood
from tandem.services.imports.doubles import mark_doubles


def people_on(understanding: Understanding) -> list[Person]:
    """Return everybody whom a list names, by line."""
    mentors = [mentor for company in understanding.companies for mentor in company.mentors]
    return sorted([*understanding.people, *mentors], key=lambda person: person.line)


def find_known(
    session: Session, understanding: Understanding, *, kind: ImportKind, programme_id: int
) -> dict[str, dict[str, str]]:
    """Return who is known already: by line, the key of the person and why they seem the same."""
    keys: list[str] = []
    known: list[Person] = []
    for key, values in _members(session, kind, programme_id):
        keys.append(key)
        known.append(_as_person(-len(keys), values))
    marked = mark_doubles([*known, *people_on(understanding)])
    return {
        str(person.line): {"key": keys[-person.twice_of - 1], "because": person.twice_because}
        for person in marked
        if person.line > 0 and person.twice_of is not None and person.twice_of < 0
    }


def _members(
    session: Session, kind: ImportKind, programme_id: int
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    model: type[Mentor | Mentee] = Mentee if kind is ImportKind.MENTEES else Mentor
    whose = Profile.mentee_id if kind is ImportKind.MENTEES else Profile.mentor_id
    latest: list[ProfileState] = [*OPEN, *IN_FORCE]
    place = (
        sa.select(sa.func.max(Profile.postal_code))
        .where(whose == model.id, Profile.state.in_(latest))
        .scalar_subquery()
    )
    query = (
        sa.select(model.key, Account.first_name, Account.last_name, Account.email, place)
        .join(Membership, model.membership_id == Membership.id)
        .join(Account, Membership.account_id == Account.id)
        .where(model.programme_id == programme_id, model.erased_at.is_(None))
        .order_by(model.id)
    )
    for key, first_name, last_name, email, postal_code in session.execute(query):
        values = {"first_name": first_name, "last_name": last_name, "email": email}
        yield key, values | {"postal_code": postal_code}


def _as_person(line: int, values: Mapping[str, Any]) -> Person:
    fields = {
        name: Understood(value=value, shown=value, sure=Sure.EXACT)
        for name, value in values.items()
        if value
    }
    return Person(line=line, fields=fields)

"""The others: whom somebody may be kept apart from, found by name."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Company, Programme, Side
from tandem.services.people.finding import Person, list_people
from tandem.services.people.searching import Search, says

MOST_FOUND = 20


@dataclass(frozen=True, kw_only=True)
class Others:
    """Whom a search found that somebody could be kept apart from."""

    people: Sequence[Person]
    companies: Sequence[Company]


def find_others(
    session: Session, programme: Programme, side: Side, *, name: str, actor: Account
) -> Others:
    """Return whom somebody of a side may be kept apart from, by a part of the name.

    For a mentee these are mentors and companies, for a mentor they are mentees.
    """
    other = Side.MENTOR if side is Side.MENTEE else Side.MENTEE
    search = Search(name=name, side=other)
    listing = list_people(session, programme, search, actor=actor)
    companies: Sequence[Company] = ()
    if side is Side.MENTEE:
        query = sa.select(Company).where(Company.programme_id == programme.id)
        everyone = session.scalars(query.order_by(Company.name, Company.id))
        companies = [each for each in everyone if says(each.name, name)]
    return Others(people=listing.people[:MOST_FOUND], companies=companies[:MOST_FOUND])

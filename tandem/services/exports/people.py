"""People in the columns of `tandem match` with contact data, which an import takes straight in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tandem.models import Account, Mentee, Mentor, Profile, Programme, Side
from tandem.services.looks import note_export
from tandem.services.people import Person, Search, walk_people
from tandem.services.tables import Cell

_WORK: Mapping[str, Callable[[Profile], Any]] = {
    "sectors": lambda said: said.sectors,
    "occupation": lambda said: said.occupation,
    "level": lambda said: said.level,
    "fields": lambda said: said.fields,
    "languages": lambda said: [f"{code}:{level}" for code, level in said.languages.items()],
    "place": lambda said: said.postal_code,
    "reach_km": lambda said: said.reach_km,
    "modes": lambda said: said.modes,
    "slots": lambda said: said.slots,
    "gender": lambda said: said.gender,
}
_OF: Mapping[Side, Mapping[str, Callable[[Profile], Any]]] = {
    Side.MENTEE: {
        **_WORK,
        "past_occupation": lambda said: said.past_occupation,
        "recognition": lambda said: said.recognition,
        "same_gender": lambda said: "yes" if said.same_gender else "no",
        "needs": lambda said: said.topics,
    },
    Side.MENTOR: {
        **_WORK,
        "recognition": lambda said: said.recognition_paths,
        "capacity": lambda said: said.capacity,
        "offers": lambda said: said.topics,
        "prefer": lambda said: said.prefer,
    },
}


def people_rows(
    session: Session, programme: Programme, search: Search, *, side: Side, actor: Account
) -> Iterator[list[Cell]]:
    """Yield the people of one side who are found, under a row with the names of the columns.

    Somebody stands there as in the version that says most about them now. That they were seen
    is written down at the end.
    """
    of_company = ["company"] if side is Side.MENTOR else []
    yield ["id", *of_company, "first_name", "last_name", "email", *_OF[side]]
    if search.side is not None and search.side is not side:
        return
    wanted = replace(search, side=side)
    seen: list[Mentor | Mentee] = []
    for person in walk_people(session, programme, wanted, actor=actor):
        seen.append(person.who)
        yield [*_contact(person), *_said(person.shown, side)]
    note_export(session, seen, account=actor)


def _contact(person: Person) -> Iterable[Cell]:
    account = person.who.membership.account
    yield person.who.key
    if isinstance(person.who, Mentor):
        yield person.who.company.name
    yield from (account.first_name, account.last_name)
    yield account.email if account.has_email else None


def _said(profile: Profile | None, side: Side) -> Iterable[Cell]:
    for answer in _OF[side].values():
        said = answer(profile) if profile is not None else None
        yield "|".join(said) or None if isinstance(said, list) else said

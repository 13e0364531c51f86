"""How people are called in the record of a round."""

from collections.abc import Callable
from typing import TypeAlias

from flask_babel import gettext as _

from tandem.models import Side
from tandem.services.records import Person, Record
from tandem.web.context import number

Naming: TypeAlias = Callable[[Person], str]


def naming(record: Record, *, pseudonyms: bool) -> Naming:
    """Return how people are called: by name, or by a number that holds within the record."""
    names = dict(_names(record))

    def numbered(person: Person) -> str:
        at = number(record.numbers[person])
        if person[0] is Side.MENTOR:
            return str(_("Mentor %(number)s", number=at))
        return str(_("Mentee %(number)s", number=at))

    def named(person: Person) -> str:
        return names.get(person) or str(_("%(pseudonym)s, erased", pseudonym=numbered(person)))

    return numbered if pseudonyms else named


def _names(record: Record) -> list[tuple[Person, str]]:
    found = [(record.person_of(key), face.name) for key, face in record.faces.items()]
    for mentor, mentee in record.pairs:
        found += [((Side.MENTOR, mentor.key), mentor.name)] if mentor else []
        found += [((Side.MENTEE, mentee.key), mentee.name)] if mentee else []
    return found

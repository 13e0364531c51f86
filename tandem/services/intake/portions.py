"""What of a list is taken, unit by unit, and how some of them are taken at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Import, Mentee, Mentor
from tandem.services.imports import Company as ListedCompany
from tandem.services.imports import Person
from tandem.services.intake.choices import Choices, choices_of
from tandem.services.intake.companies import Companies, Found
from tandem.services.intake.entering import Newcomer, Problem, Taking, enter_people
from tandem.services.intake.known import people_on
from tandem.services.intake.lists import read_plain, understanding_of
from tandem.services.intake.noting import notes_about, whole_of
from tandem.services.intake.plans import Plan, make_plan


@dataclass(frozen=True, kw_only=True)
class About:
    """An entry of the list that becomes a note about somebody who is known already."""

    person: Person
    key: str


Unit: TypeAlias = Person | ListedCompany | About


@dataclass(frozen=True, kw_only=True)
class Units:
    """What of a list is taken, in an order that is the same each time.

    ``noted`` are the entries that become notes about somebody on the list, by that one's line.
    """

    plan: Plan
    choices: Choices
    noted: Mapping[int, Sequence[Person]]
    all: tuple[Unit, ...]

    def more_of(self, person: Person) -> list[str]:
        """Return what other entries say of somebody who stands in the list twice."""
        return [text for each in self.noted.get(person.line, ()) for text in whole_of(each)]


def units_of(session: Session, import_: Import) -> Units:
    """Return what of a list is taken, by the choices made."""
    plain = read_plain(session, import_)
    understanding = understanding_of(plain)
    choices = choices_of(import_)
    plan = make_plan(understanding, plain["known"], choices)
    people = {person.line: person for person in people_on(understanding)}
    about: list[About] = []
    noted: dict[int, list[Person]] = {}
    for line, whom in sorted(plan.notes.items()):
        if isinstance(whom, str):
            about.append(About(person=people[line], key=whom))
        else:
            noted.setdefault(whom, []).append(people[line])
    left_out = {company.line for company in plan.incomplete}
    companies = [
        company
        for company in understanding.companies
        if company.line not in left_out and _is_new(company, plan)
    ]
    mentees = {person.line for person in understanding.people}
    alone = [each for line, each in sorted(plan.takes.items()) if line in mentees]
    return Units(plan=plan, choices=choices, noted=noted, all=(*alone, *companies, *about))


def _is_new(company: ListedCompany, plan: Plan) -> bool:
    """Tell whether a company brings somebody along, or has nobody at all."""
    return not company.mentors or any(each.line in plan.takes for each in company.mentors)


@dataclass(frozen=True, kw_only=True)
class Portions:
    """Takes some units at once, so that statements are few."""

    units: Units
    companies: Companies

    def take(self, session: Session, some: Sequence[Unit], taking: Taking) -> list[Problem]:
        """Take some in, and return what was not as the list has it."""
        mentees = [
            Newcomer(person=unit, more=self.units.more_of(unit))
            for unit in some
            if isinstance(unit, Person)
        ]
        listed = [unit for unit in some if isinstance(unit, ListedCompany)]
        found = self.companies.find_or_enter(session, listed, taking) if listed else []
        mentors = [mentor for each in found for mentor in self._mentors(each)]
        return [
            *enter_people(session, mentees, taking),
            *enter_people(session, mentors, taking),
            *_note(session, [unit for unit in some if isinstance(unit, About)], taking),
        ]

    def _mentors(self, found: Found) -> list[Newcomer]:
        """Return the mentors of a company who are taken; the first speaks for one that is new."""
        people = [each for each in found.listed.mentors if each.line in self.units.plan.takes]
        return [
            Newcomer(
                person=person,
                more=self.units.more_of(person),
                company=found.company,
                is_contact=found.is_new and at == 0,
            )
            for at, person in enumerate(people)
        ]


def _note(session: Session, about: Sequence[About], taking: Taking) -> list[Problem]:
    """Write down what a list says of people who are known."""
    if not about:
        return []
    known = _known(session, [each.key for each in about], programme_id=taking.programme.id)
    notes = [
        (note, each.person.line)
        for each in about
        if each.key in known
        for note in notes_about(known[each.key], whole_of(each.person), author=taking.actor)
    ]
    session.add_all(note for note, _ in notes)
    taking.note_down(session, "add_note", notes)
    return [{"line": each.person.line, "code": "gone"} for each in about if each.key not in known]


def _known(
    session: Session, keys: Sequence[str], *, programme_id: int
) -> dict[str, Mentor | Mentee]:
    """Return people of the programme by their keys."""
    mentees = sa.select(Mentee).where(Mentee.programme_id == programme_id, Mentee.key.in_(keys))
    mentors = sa.select(Mentor).where(Mentor.programme_id == programme_id, Mentor.key.in_(keys))
    people = [
        *session.scalars(mentees.order_by(Mentee.id)),
        *session.scalars(mentors.order_by(Mentor.id)),
    ]
    return {who.key: who for who in people}

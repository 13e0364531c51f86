"""What becomes of whom on a list: who is taken, who is not and why, who is complete."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tandem.models import ImportKind, Side
from tandem.services.imports import Company, Person, Understanding
from tandem.services.intake.choices import Choices, Double
from tandem.services.intake.known import people_on
from tandem.services.profiles import STEPS


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What becomes of everybody on a list, by the choices made so far.

    Attributes
    ----------
    takes : people who are taken in, by line
    skips : lines of people who are left out since they are known
    notes : whose entry becomes a note about whom: by line, the key of a person who is known,
        or the line of somebody on the list
    incomplete : companies without sector or postal code, which cannot be taken
    """

    takes: Mapping[int, Person]
    skips: frozenset[int]
    notes: Mapping[int, str | int]
    incomplete: tuple[Company, ...]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many on a list are what."""

    people: int
    complete: int
    with_gaps: int
    twice: int
    known: int
    companies: int
    companies_with_gaps: int
    taken: int
    by_mail: int
    """How many of those taken would get a mail."""


def make_plan(
    understanding: Understanding, known: Mapping[str, Mapping[str, str]], choices: Choices
) -> Plan:
    """Say what becomes of everybody."""
    incomplete = tuple(
        company for company in understanding.companies if company_gaps(company, choices)
    )
    out = {mentor.line for company in incomplete for mentor in company.mentors}
    takes: dict[int, Person] = {}
    skips: set[int] = set()
    notes: dict[int, str | int] = {}
    for person in people_on(understanding):
        double = double_of(person, known, choices)
        if person.line in out:
            continue
        if double is None or double is Double.TAKE:
            takes[person.line] = person
        elif double is Double.NOTE:
            notes[person.line] = _whom(person, known)
        else:
            skips.add(person.line)
    return Plan(
        takes=takes,
        skips=frozenset(skips),
        notes=_to_their_end(notes, takes),
        incomplete=incomplete,
    )


def double_of(
    person: Person, known: Mapping[str, Mapping[str, str]], choices: Choices
) -> Double | None:
    """Return what becomes of somebody who seems to be known; none: they seem to be new.

    Without a choice who is in the programme already is left out, and who stands in the list
    twice becomes a note.
    """
    if str(person.line) in known:
        return choices.doubles.get(person.line, Double.SKIP)
    if person.twice_of is not None:
        return choices.doubles.get(person.line, Double.NOTE)
    return None


def _whom(person: Person, known: Mapping[str, Mapping[str, str]]) -> str | int:
    if str(person.line) in known:
        return known[str(person.line)]["key"]
    return person.twice_of or 0


def _to_their_end(
    notes: Mapping[int, str | int], takes: Mapping[int, Person]
) -> dict[int, str | int]:
    """Return whom each note is about in the end, where that person is a double as well."""
    ends: dict[int, str | int] = {}
    for line, about in sorted(notes.items()):
        whom = ends.get(about, about) if isinstance(about, int) else about
        if isinstance(whom, str) or whom in takes:
            ends[line] = whom
    return ends


def company_value(company: Company, name: str, choices: Choices) -> str:
    """Return what is known of a company, from the list or from the coordinator."""
    said = choices.companies.get(company.line, {}).get(name)
    return said or str(company.value(name) or "")


def company_gaps(company: Company, choices: Choices) -> list[str]:
    """Return what a company cannot be taken without and nobody has said."""
    needed = ("name", "sector", "postal_code")
    return [name for name in needed if not company_value(company, name, choices)]


def gaps(person: Person, kind: ImportKind) -> list[str]:
    """Return the answers that a profile needs and the list does not give."""
    side = Side.MENTEE if kind is ImportKind.MENTEES else Side.MENTOR
    needed = (name for names in STEPS[side].values() for name in names)
    return [name for name in needed if person.value(name) in (None, "", [], {})]


def count(
    understanding: Understanding,
    plan: Plan,
    known: Mapping[str, Any],
    *,
    kind: ImportKind,
) -> Counts:
    """Count who is what."""
    people = people_on(understanding)
    complete = _many(not gaps(person, kind) for person in people)
    return Counts(
        people=len(people),
        complete=complete,
        with_gaps=len(people) - complete,
        twice=_many(each.twice_of is not None and str(each.line) not in known for each in people),
        known=len(known),
        companies=len(understanding.companies),
        companies_with_gaps=len(plan.incomplete),
        taken=len(plan.takes),
        by_mail=_many(bool(each.value("email")) for each in plan.takes.values()),
    )


def _many(questions: Iterable[bool]) -> int:
    return sum(map(bool, questions))

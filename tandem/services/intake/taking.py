"""Taking people in: asked for once, done by a worker in portions that a kill cannot halve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Company, Import, ImportState, Mentee, Mentor, Programme
from tandem.services import audit
from tandem.services.imports import Company as ListedCompany
from tandem.services.imports import Person, normalise
from tandem.services.intake.choices import Choices, choices_of, keep_choices
from tandem.services.intake.entering import (
    Taking,
    add_notes,
    companies_by_name,
    enter_company,
    enter_mentee,
    enter_mentor,
    notes_of,
    whole_of,
)
from tandem.services.intake.known import people_on
from tandem.services.intake.lists import (
    forget,
    hold,
    read_plain,
    require_asking,
    understanding_of,
)
from tandem.services.intake.plans import Plan, company_value, make_plan
from tandem.work import Claim, held

PORTION = 50
_COMPANY = ("name", "sector", "postal_code")


class NotAsItMustBe(Conflict):
    """A list in codes has problems, so nobody of it goes in."""


class NobodyToTake(Conflict):
    """Nobody on the list can be taken in."""


@dataclass(frozen=True, kw_only=True)
class About:
    """An entry of the list that becomes a note about somebody who is known already."""

    person: Person
    key: str


Unit: TypeAlias = Person | ListedCompany | About


@dataclass(frozen=True, kw_only=True)
class _List:
    """What of a list is taken, in an order that is the same each time."""

    plan: Plan
    choices: Choices
    people: Mapping[int, Person]
    units: tuple[Unit, ...]

    def more_of(self, person: Person) -> list[str]:
        """Return what other entries say of somebody who stands in the list twice."""
        lines = self.plan.noted_on(person.line)
        return [text for line in lines for text in whole_of(self.people[line])]


def _list_of(session: Session, import_: Import) -> _List:
    plain = read_plain(session, import_)
    understanding = understanding_of(plain)
    choices = choices_of(import_)
    plan = make_plan(understanding, plain["known"], choices)
    people = {person.line: person for person in people_on(understanding)}
    about = tuple(
        About(person=people[line], key=whom)
        for line, whom in sorted(plan.notes.items())
        if isinstance(whom, str)
    )
    left_out = {company.line for company in plan.incomplete}
    companies = tuple(
        company
        for company in understanding.companies
        if company.line not in left_out and _is_new(company, plan)
    )
    mentees = {person.line for person in understanding.people}
    alone = tuple(each for line, each in sorted(plan.takes.items()) if line in mentees)
    return _List(plan=plan, choices=choices, people=people, units=(*alone, *companies, *about))


def _is_new(company: ListedCompany, plan: Plan) -> bool:
    """Tell whether a company brings somebody along, or has nobody at all."""
    return not company.mentors or any(each.line in plan.takes for each in company.mentors)


def take(
    session: Session,
    key: str,
    *,
    welcomes: bool,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Ask for everybody on a list to be taken in; a worker does it.

    Raises
    ------
    Stale
        If somebody changed the import meanwhile.
    NotAsItMustBe
        If it is a list in codes and something in it is not right.
    NobodyToTake
        If there is nothing on it that is new.
    """
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        if import_.problems:
            raise NotAsItMustBe
        list_ = _list_of(session, import_)
        if not list_.units:
            raise NobodyToTake
        keep_choices(import_, welcomes=welcomes)
        import_.account_id = actor.id
        import_.state = ImportState.TAKING
        import_.done, import_.total = 0, len(list_.units)
        import_.schedule(now())
        details: dict[str, int | str] = {"people": len(list_.plan.takes)}
        audit.record(session, "request_import", import_, actor=actor, details=details)


def take_in(
    session: Session,
    claim: Claim[Import],
    *,
    lease: timedelta,
    most_attempts: int,
    between: Callable[[], object] = lambda: None,
) -> None:
    """Take in what a coordinator asked for, portion by portion.

    Each portion is one transaction that also counts it as done, behind the claim's fence:
    whoever goes on after a kill begins with what is not done yet, so nobody is lost or taken
    in twice. ``between`` is called after each.

    Raises
    ------
    LostClaim
        If someone else goes on with it by now.
    """
    if _was_tried_too_often(session, claim, most_attempts):
        return
    import_ = session.get_one(Import, claim.id)
    list_ = _list_of(session, import_)
    names = companies_by_name(session, session.get_one(Programme, import_.programme_id))
    is_over = False
    while not is_over:
        with transaction(session):
            taken = held(session, claim)
            is_over = _take_portion(session, taken, list_, names=names)
            if not is_over:
                taken.leased_until = now() + lease
        between()


def _was_tried_too_often(session: Session, claim: Claim[Import], most_attempts: int) -> bool:
    """Tell whether taking in was begun too often without getting on; then it fails."""
    with transaction(session):
        import_ = held(session, claim)
        if import_.attempts <= most_attempts:
            return False
        import_.state = ImportState.FAILED
        import_.problems = [*import_.problems, {"code": "too_many_attempts"}]
        forget(import_)
        audit.record(session, "fail_import", import_, actor=None)
        return True


def _take_portion(
    session: Session, import_: Import, list_: _List, *, names: dict[str, int]
) -> bool:
    """Take in the next few, and return whether those were the last."""
    actor = session.get_one(Account, import_.account_id)
    programme = session.get_one(Programme, import_.programme_id)
    taking = Taking(
        import_=import_, programme=programme, actor=actor, welcomes=list_.choices.welcomes
    )
    work = _Work(session=session, list_=list_, taking=taking, names=names)
    problems: list[Any] = []
    for unit in list_.units[import_.done : import_.done + PORTION]:
        problems += work.do(unit)
    import_.problems = [*import_.problems, *problems]
    import_.done = min(import_.done + PORTION, import_.total)
    if import_.done < import_.total:
        return False
    import_.state = ImportState.TAKEN
    forget(import_)
    details: dict[str, int | str] = {"people": len(list_.plan.takes)}
    audit.record(session, "take_import", import_, actor=actor, details=details)
    return True


@dataclass(frozen=True, kw_only=True)
class _Work:
    """Takes one unit after the other."""

    session: Session
    list_: _List
    taking: Taking
    names: dict[str, int]

    def do(self, unit: Unit) -> list[dict[str, int | str]]:
        """Take one in, and return what was not as the list has it."""
        match unit:
            case Person():
                mentee, codes = enter_mentee(self.session, unit, self.taking)
                add_notes(self.session, mentee, self.list_.more_of(unit), taking=self.taking)
                return _problems(unit, codes)
            case ListedCompany():
                return self._do_company(unit)
            case About():
                return self._note(unit)

    def _do_company(self, listed: ListedCompany) -> list[dict[str, int | str]]:
        company, is_new = self._company(listed)
        problems = []
        first = is_new
        for person in listed.mentors:
            if person.line in self.list_.plan.takes:
                mentor, codes = enter_mentor(
                    self.session, person, company, taking=self.taking, is_contact=first
                )
                add_notes(self.session, mentor, self.list_.more_of(person), taking=self.taking)
                problems += _problems(person, codes)
                first = False
        return problems

    def _company(self, listed: ListedCompany) -> tuple[Company, bool]:
        values = {name: company_value(listed, name, self.list_.choices) for name in _COMPANY}
        name = normalise(values["name"])
        known = self.session.get(Company, self.names[name]) if name in self.names else None
        if known is not None:
            notes = add_notes(self.session, known, notes_of(listed), taking=self.taking)
            self._note_down(notes, line=listed.line)
            return known, False
        company = enter_company(self.session, listed, values, taking=self.taking)
        self.names[name] = company.id
        return company, True

    def _note(self, about: About) -> list[dict[str, int | str]]:
        who = self._mentee(about.key) or self._mentor(about.key)
        if who is None:
            return _problems(about.person, ["gone"])
        notes = add_notes(self.session, who, whole_of(about.person), taking=self.taking)
        self._note_down(notes, line=about.person.line)
        return []

    def _note_down(self, notes: Any, *, line: int) -> None:
        for note in notes:
            self.taking.note_down(self.session, "add_note", note, line=line)

    def _mentee(self, key: str) -> Mentee | None:
        here = Mentee.programme_id == self.taking.programme.id
        return self.session.scalars(sa.select(Mentee).where(here, Mentee.key == key)).one_or_none()

    def _mentor(self, key: str) -> Mentor | None:
        here = Mentor.programme_id == self.taking.programme.id
        return self.session.scalars(sa.select(Mentor).where(here, Mentor.key == key)).one_or_none()


def _problems(person: Person, codes: list[str]) -> list[dict[str, int | str]]:
    return [{"line": person.line, "code": code} for code in codes]

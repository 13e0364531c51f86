"""Companies of a list into the programme, many at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Company, CompanySize, CompanyState, Programme
from tandem.services import audit
from tandem.services.imports import Company as ListedCompany
from tandem.services.imports import normalise
from tandem.services.intake.choices import Choices
from tandem.services.intake.entering import Taking
from tandem.services.intake.noting import has_room, notes_about, notes_of
from tandem.services.intake.plans import company_value

_NEEDED = ("name", "sector", "postal_code")
_FIELDS = ("website", "size", "internships")


@dataclass(frozen=True, kw_only=True)
class Found:
    """The company that an entry of a list is about, and whether this entry brought it."""

    listed: ListedCompany
    company: Company
    is_new: bool


class Companies:
    """The companies that take part or may do so, by their names, while a list is taken in."""

    def __init__(self, session: Session, programme: Programme, choices: Choices) -> None:
        self._choices = choices
        query = (
            sa.select(Company.name, Company.id)
            .where(
                Company.programme_id == programme.id,
                Company.state.in_([CompanyState.REGISTERED, CompanyState.VETTED]),
            )
            .order_by(Company.id.desc())
        )
        self._ids = {normalise(name): id_ for name, id_ in session.execute(query)}

    def find_or_enter(
        self, session: Session, listed: Sequence[ListedCompany], taking: Taking
    ) -> list[Found]:
        """Return the company of each entry; what is new is registered, and vetted at once.

        What an entry says of a company that is there becomes a note about it.
        """
        names = [normalise(self._value(each, "name")) for each in listed]
        by_name = self._known(session, names)
        first: dict[str, ListedCompany] = {}
        for name, each in zip(names, listed, strict=True):
            if name not in by_name:
                first.setdefault(name, each)
        entered = self._enter(session, list(first.values()), taking)
        by_name |= dict(zip(first, entered, strict=True))
        self._ids |= {name: by_name[name].id for name in first}
        found = [
            Found(listed=each, company=by_name[name], is_new=first.get(name) is each)
            for name, each in zip(names, listed, strict=True)
        ]
        _add_notes(session, (each for each in found if not each.is_new), taking)
        return found

    def _value(self, listed: ListedCompany, name: str) -> str:
        return company_value(listed, name, self._choices)

    def _known(self, session: Session, names: Iterable[str]) -> dict[str, Company]:
        """Return those that are there, by their names."""
        ids = {name: self._ids[name] for name in names if name in self._ids}
        query = sa.select(Company).where(Company.id.in_(ids.values())).order_by(Company.id)
        by_id = {company.id: company for company in session.scalars(query)}
        return {name: by_id[id_] for name, id_ in ids.items() if id_ in by_id}

    def _enter(
        self, session: Session, listed: Sequence[ListedCompany], taking: Taking
    ) -> list[Company]:
        """Register companies that the coordinator knows, and vet them at once."""
        values = [{name: self._value(each, name) for name in _NEEDED} for each in listed]
        companies = [_company(*each, taking=taking) for each in zip(listed, values, strict=True)]
        session.add_all(companies)
        lines = [each.line for each in listed]
        taking.note_down(session, "import_company", list(zip(companies, lines, strict=True)))
        for company, each in zip(companies, listed, strict=True):
            company.state = CompanyState.VETTED
            session.add_all(notes_about(company, notes_of(each), author=taking.actor))
        details = {"import": taking.import_.id}
        audit.record_each(
            session, "vet_company", [(each, details) for each in companies], actor=taking.actor
        )
        return companies


def _company(listed: ListedCompany, needed: Mapping[str, str], *, taking: Taking) -> Company:
    company = Company(programme_id=taking.programme.id, **needed)
    for name in _FIELDS:
        value = listed.value(name)
        if value is not None and has_room(Company, name, value):
            setattr(company, name, CompanySize(value) if name == "size" else value)
    return company


def _add_notes(session: Session, found: Iterable[Found], taking: Taking) -> None:
    notes = [
        (note, each.listed.line)
        for each in found
        for note in notes_about(each.company, notes_of(each.listed), author=taking.actor)
    ]
    session.add_all(note for note, _ in notes)
    taking.note_down(session, "add_note", notes)

"""One person of a list into the programme: account, profile, notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    Base,
    Company,
    CompanySize,
    CompanyState,
    Import,
    Membership,
    Mentee,
    Mentor,
    Note,
    NoteKind,
    Profile,
    ProfileState,
    Programme,
    Role,
)
from tandem.services import audit, entering
from tandem.services.imports import Company as ListedCompany
from tandem.services.imports import Person, normalise
from tandem.services.imports.understood import LONGEST_NOTE
from tandem.services.profiles import missing
from tandem.services.profiles.answers import blank, speak

NAMELESS = "\u2013"
"""What stands for a part of a name that the list does not tell."""
_FIELDS = (
    "job_title", "about", "sectors", "occupation", "occupation_words", "past_occupation",
    "past_occupation_words", "experience_years", "level", "qualification_name", "fields",
    "recognition", "recognition_paths", "postal_code", "reach_km", "modes", "travel", "slots",
    "topics", "prefer", "capacity", "gender", "same_gender",
)  # fmt: skip
_COMPANY_FIELDS = ("website", "size", "internships")


@dataclass(frozen=True, kw_only=True)
class Taking:
    """In which import and by whom people are taken in."""

    import_: Import
    programme: Programme
    actor: Account
    welcomes: bool

    def note_down(self, session: Session, action: str, subject: Base, *, line: int) -> None:
        """Record that the import did something, so that it can be undone."""
        details: dict[str, int | str] = {"import": self.import_.id, "line": line}
        audit.record(session, action, subject, actor=self.actor, details=details)


def enter_mentee(session: Session, person: Person, taking: Taking) -> tuple[Mentee, list[str]]:
    """Take a mentee in; return them, and codes of what was not as the list has it."""
    membership, problems = _membership(session, person, taking, role=Role.MENTEE)
    mentee = Mentee(
        programme_id=taking.programme.id,
        membership_id=membership.id,
        entered_by_id=taking.actor.id,
    )
    _take(session, mentee, person, taking=taking, lost=problems)
    _welcome(session, membership.account, taking)
    return mentee, problems


def enter_mentor(
    session: Session, person: Person, company: Company, *, taking: Taking, is_contact: bool
) -> tuple[Mentor, list[str]]:
    """Take a mentor of a company in; return as :func:`enter_mentee`."""
    membership, problems = _membership(session, person, taking, role=Role.MENTOR)
    mentor = Mentor(
        programme_id=taking.programme.id,
        membership_id=membership.id,
        company_id=company.id,
        is_contact=is_contact,
        entered_by_id=taking.actor.id,
    )
    _take(session, mentor, person, taking=taking, lost=problems)
    _welcome(session, membership.account, taking)
    return mentor, problems


def _membership(
    session: Session, person: Person, taking: Taking, *, role: Role
) -> tuple[Membership, list[str]]:
    """Make an account with a role; an address that is taken already is left out."""
    entry = entering.Entry(
        first_name=str(person.value("first_name") or NAMELESS),
        last_name=str(person.value("last_name") or NAMELESS),
        email=str(person.value("email") or ""),
        locale=taking.actor.locale,
    )
    enter = partial(
        entering.enter, session, programme=taking.programme, role=role, actor=taking.actor
    )
    try:
        return enter(entry), []
    except entering.AddressKnown:
        return enter(replace(entry, email="")), ["address_in_use"]


def _take(
    session: Session,
    who: Mentor | Mentee,
    person: Person,
    *,
    taking: Taking,
    lost: Sequence[str],
) -> None:
    session.add(who)
    action = "import_mentor" if isinstance(who, Mentor) else "import_mentee"
    taking.note_down(session, action, who, line=person.line)
    profile = blank(who)
    fill(profile, person)
    session.add(profile)
    if not missing(profile):
        profile.state = ProfileState.SUBMITTED
        profile.submitted_at = now()
    address = [str(person.value("email"))] if lost else []
    add_notes(session, who, [*address, *notes_of(person)], taking=taking)
    _note_talk(session, who, person, taking=taking)


def fill(profile: Profile, person: Person) -> None:
    """Put what a list says into a profile; what is not known stays open."""
    for name in _FIELDS:
        value = person.value(name)
        if value is not None and _has_room(profile, name, value):
            setattr(profile, name, value)
    languages = person.value("languages")
    if isinstance(languages, dict):
        speak(profile, languages)


def _has_room(row: Base, name: str, value: object) -> bool:
    longest = getattr(sa.inspect(type(row)).columns[name].type, "length", None)
    return longest is None or not isinstance(value, str) or len(value) <= longest


def notes_of(person: Person | ListedCompany) -> list[str]:
    """Return what no field holds, so that nothing is lost."""
    phone = person.value("phone")
    too_long = [
        understood.shown
        for name, understood in person.fields.items()
        if name in _FIELDS
        and isinstance(understood.value, str)
        and not _has_room(Profile(), name, understood.value)
    ]
    kept = person.notes()
    return [*([f"Tel. {phone}"] if phone else []), *too_long, *kept]


def whole_of(person: Person) -> list[str]:
    """Return all that a list says of somebody, for whom it becomes a note."""
    shown = dict.fromkeys(value.shown for value in person.fields.values() if value.shown)
    return [*shown, *person.notes()]


def add_notes(
    session: Session,
    about: Mentor | Mentee | Company,
    texts: Sequence[str],
    *,
    taking: Taking,
) -> Iterable[Note]:
    """Write notes about somebody, as few as hold all."""
    notes = [_note(about, text, taking=taking) for text in _joined(texts)]
    session.add_all(notes)
    return notes


def _joined(texts: Sequence[str]) -> Iterable[str]:
    together = "\n".join(texts)
    for start in range(0, len(together), LONGEST_NOTE):
        yield together[start : start + LONGEST_NOTE]


def _note_talk(session: Session, who: Mentor | Mentee, person: Person, *, taking: Taking) -> None:
    talked_on = person.value("talked_on")
    if isinstance(talked_on, str):
        note = _note(who, person.fields["talked_on"].shown, taking=taking)
        note.kind, note.talked_on = NoteKind.TALK, date.fromisoformat(talked_on)
        session.add(note)


def _note(about: Mentor | Mentee | Company, text: str, *, taking: Taking) -> Note:
    return Note(
        programme_id=taking.programme.id,
        mentor_id=about.id if isinstance(about, Mentor) else None,
        mentee_id=about.id if isinstance(about, Mentee) else None,
        company_id=about.id if isinstance(about, Company) else None,
        kind=NoteKind.IMPORT,
        text=text,
        account_id=taking.actor.id,
    )


def _welcome(session: Session, account: Account, taking: Taking) -> None:
    if taking.welcomes:
        entering.welcome(session, account, "welcome_list", programme=taking.programme)


def companies_by_name(session: Session, programme: Programme) -> dict[str, int]:
    """Return the companies that take part or may do so, by their normalised names."""
    query = (
        sa.select(Company.name, Company.id)
        .where(
            Company.programme_id == programme.id,
            Company.state.in_([CompanyState.REGISTERED, CompanyState.VETTED]),
        )
        .order_by(Company.id.desc())
    )
    return {normalise(name): id_ for name, id_ in session.execute(query)}


def enter_company(
    session: Session, listed: ListedCompany, values: dict[str, str], *, taking: Taking
) -> Company:
    """Register a company that the coordinator knows, and vet it at once."""
    company = Company(
        programme_id=taking.programme.id,
        name=values["name"],
        sector=values["sector"],
        postal_code=values["postal_code"],
    )
    for name in _COMPANY_FIELDS:
        value = listed.value(name)
        if value is not None and _has_room(company, name, value):
            setattr(company, name, CompanySize(value) if name == "size" else value)
    session.add(company)
    taking.note_down(session, "import_company", company, line=listed.line)
    company.state = CompanyState.VETTED
    details: dict[str, int | str] = {"import": taking.import_.id}
    audit.record(session, "vet_company", company, actor=taking.actor, details=details)
    add_notes(session, company, notes_of(listed), taking=taking)
    return company

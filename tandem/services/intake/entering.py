"""People of a list into the programme, many at once: accounts, profiles, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    Base,
    Company,
    Import,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Role,
)
from tandem.services import accounts, audit, entering
from tandem.services.imports import Person
from tandem.services.intake.noting import (
    PROFILE_FIELDS,
    has_room,
    notes_about,
    notes_of,
    talk_with,
)
from tandem.services.profiles import missing
from tandem.services.profiles.answers import blank, speak

NAMELESS = "\u2013"
"""What stands for a part of a name that the list does not tell."""

Problem: TypeAlias = dict[str, int | str]
"""What was not as the list has it: a line and a code."""


@dataclass(frozen=True, kw_only=True)
class Taking:
    """In which import and by whom people are taken in."""

    import_: Import
    programme: Programme
    actor: Account
    welcomes: bool

    def note_down(
        self, session: Session, action: str, subjects: Sequence[tuple[Base, int]]
    ) -> None:
        """Record what the import did to whom, by which lines, so that it can be undone."""
        import_ = self.import_.id
        with_details = [(subject, {"import": import_, "line": line}) for subject, line in subjects]
        audit.record_each(session, action, with_details, actor=self.actor)


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody on a list who is new, and what other lines say of them.

    A mentor has a ``company``, and may be who speaks for it; a mentee has none.
    """

    person: Person
    more: Sequence[str]
    company: Company | None = None
    is_contact: bool = False


def enter_people(session: Session, newcomers: Sequence[Newcomer], taking: Taking) -> list[Problem]:
    """Take mentees in, or mentors; return what was not as the list has it."""
    if not newcomers:
        return []
    is_mentor = newcomers[0].company is not None
    entries = _entries(session, newcomers, locale=taking.actor.locale)
    memberships = entering.enter_new(
        session,
        entries,
        programme=taking.programme,
        role=Role.MENTOR if is_mentor else Role.MENTEE,
        actor=taking.actor,
    )
    people = [_person_of(*each, taking=taking) for each in zip(newcomers, memberships, strict=True)]
    session.add_all(people)
    lines = [newcomer.person.line for newcomer in newcomers]
    action = "import_mentor" if is_mentor else "import_mentee"
    taking.note_down(session, action, list(zip(people, lines, strict=True)))
    without_mail = _without_mail(newcomers, entries)
    profiles = [_profile(who, each.person) for who, each in zip(people, newcomers, strict=True)]
    session.add_all(profiles)
    whole = [each for each in zip(profiles, lines, strict=True) if each[0].submitted_at]
    taking.note_down(session, "submit_profile", whole)
    for who, newcomer in zip(people, newcomers, strict=True):
        _describe(session, who, newcomer, author=taking.actor, lost=without_mail)
    if taking.welcomes:
        entered = [membership.account for membership in memberships]
        entering.welcome_each(session, entered, "welcome_list", programme=taking.programme)
    return [{"line": line, "code": "address_in_use"} for line in lines if line in without_mail]


def _entries(
    session: Session, newcomers: Sequence[Newcomer], *, locale: str
) -> list[entering.Entry]:
    """Return what accounts are made of; an address that is taken already is left out."""
    emails = [str(newcomer.person.value("email") or "") for newcomer in newcomers]
    taken = accounts.find_taken(session, emails)
    entries = []
    for newcomer, email in zip(newcomers, emails, strict=True):
        entries.append(
            entering.Entry(
                first_name=str(newcomer.person.value("first_name") or NAMELESS),
                last_name=str(newcomer.person.value("last_name") or NAMELESS),
                email="" if email in taken else email,
                locale=locale,
            )
        )
        taken.add(email)
    return entries


def _without_mail(newcomers: Sequence[Newcomer], entries: Sequence[entering.Entry]) -> set[int]:
    """Return the lines of those whose addresses are somebody else's."""
    return {
        newcomer.person.line
        for newcomer, entry in zip(newcomers, entries, strict=True)
        if newcomer.person.value("email") and not entry.email
    }


def _person_of(newcomer: Newcomer, membership: Membership, *, taking: Taking) -> Mentor | Mentee:
    shared: dict[str, Any] = {
        "programme_id": taking.programme.id,
        "membership_id": membership.id,
        "entered_by_id": taking.actor.id,
    }
    if newcomer.company is None:
        return Mentee(**shared)
    return Mentor(company_id=newcomer.company.id, is_contact=newcomer.is_contact, **shared)


def _describe(
    session: Session,
    who: Mentor | Mentee,
    newcomer: Newcomer,
    *,
    author: Account,
    lost: set[int],
) -> None:
    """Write the notes about somebody; an address that is ``lost`` becomes one."""
    person = newcomer.person
    address = [str(person.value("email"))] if person.line in lost else []
    session.add_all(
        [
            *notes_about(who, [*address, *notes_of(person)], author=author),
            *talk_with(who, person, author=author),
            *notes_about(who, newcomer.more, author=author),
        ]
    )


def _profile(who: Mentor | Mentee, person: Person) -> Profile:
    """Return a first version with what the list says; what it does not say stays open."""
    profile = blank(who)
    for name in PROFILE_FIELDS:
        value = person.value(name)
        if value is not None and has_room(Profile, name, value):
            setattr(profile, name, value)
    languages = person.value("languages")
    if isinstance(languages, dict):
        speak(profile, languages)
    if not missing(profile):
        profile.state = ProfileState.SUBMITTED
        profile.submitted_at = now()
    return profile

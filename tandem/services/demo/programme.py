"""Make a demo programme with companies, mentors, mentees and coordinators."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from random import Random
from typing import Final
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import (
    Account,
    Company,
    CompanySize,
    CompanyState,
    LanguageSkill,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Role,
    Side,
)
from tandem.services import accounts, audit, policies
from tandem.services.demo import content
from tandem.services.demo.content import Entry
from tandem.services.demo.invented import vary
from tandem.services.demo.tandems import Past
from tandem.services.demo.trail import write_trail

SLUG = "dithmarschen"
_WRITING: Final = timedelta(days=2)
"""From registering until a profile is sent."""
_LONGEST_AGO: Final = 40
_SINCE: Final = timedelta(days=365)
"""How long the programme and its companies have been there."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What a demo programme is made of."""

    slug: str
    name: str
    mentors: list[Entry]
    mentees: list[Entry]
    tandems: list[Entry] = field(default_factory=list)
    """Those that have begun, with their people, who are not among the others."""


def make_dithmarschen(session: Session, *, password: str) -> Programme:
    """Make the demo programme "Tandem Dithmarschen", unless it is there already."""
    demo = Demo(
        slug=SLUG,
        name="Tandem Dithmarschen",
        mentors=content.mentors(),
        mentees=content.mentees(),
        tandems=content.tandems(),
    )
    return _make(session, demo, password=password)


def make_sized(
    session: Session, *, mentors: int, mentees: int, seed: int, password: str
) -> Programme:
    """Make a demo programme of another size, unless the same one is there already."""
    random = Random(seed)  # noqa: S311 - invented people, not secrets
    places = content.places()
    slug = f"demo-{mentors}-{mentees}-{seed}"
    demo = Demo(
        slug=slug,
        name=f"Tandem Dithmarschen {mentors}/{mentees}",
        mentors=_own_addresses(
            vary(content.mentors(), mentors, places=places, random=random), slug
        ),
        mentees=_own_addresses(
            vary(content.mentees(), mentees, places=places, random=random), slug
        ),
    )
    return _make(session, demo, password=password)


def _own_addresses(people: list[Entry], slug: str) -> list[Entry]:
    return [person | {"email": f"{slug}.{person['email']}"} for person in people]


def _make(session: Session, demo: Demo, *, password: str) -> Programme:
    found = session.scalars(sa.select(Programme).where(Programme.slug == demo.slug)).one_or_none()
    if found is not None:
        return found
    password_hash = accounts.hash_password(password)
    with transaction(session):
        programme = _add_programme(session, demo)
        _Filling(session, programme, password_hash).fill(demo)
        audit.record(session, "make_demo", programme, actor=None)
    return programme


def _add_programme(session: Session, demo: Demo) -> Programme:
    programme = Programme(
        slug=demo.slug,
        name=demo.name,
        place_name="Kreis Dithmarschen",
        region="Dithmarschen",
        contact_name="Svenja Marschkamp",
        contact_email="tandem@kreis-demo.example",
        contact_phone="0481 555 0120",
        protection_officer="Behördliche Datenschutzbeauftragung, Kreis Dithmarschen (erfunden)",
        legal_basis="Artikel 6 Absatz 1 Buchstabe e DSGVO: eine Aufgabe im öffentlichen Interesse.",
        address="Kreis Dithmarschen (Demo), Musterstraße 1, 25746 Heide",
        places=content.known_places(),
        created_at=now() - _SINCE,
    )
    session.add(programme)
    session.flush()
    policies.add_default(session, programme, actor=None)
    return programme


@dataclass(frozen=True)
class _Filling:
    """Adds people to a new programme, inside one transaction."""

    session: Session
    programme: Programme
    password_hash: str

    def fill(self, demo: Demo) -> None:
        staff = [self._membership(each, Role.COORDINATOR) for each in content.coordinators()]
        companies = {entry["key"]: self._company(entry) for entry in content.companies()}
        self._vet()
        past = Past(session=self.session, programme=self.programme, coordinator=staff[0].account)
        for entry in sorted(demo.tandems, key=itemgetter("asked_days_ago"), reverse=True):
            mentor = self._mentor(entry["mentor"], companies[entry["mentor"]["company"]])
            mentee = self._mentee(entry["mentee"])
            self._approve()
            past.tell(entry, mentor, mentee)
        spoken_for: set[str] = set()
        for person in demo.mentors:
            key = person["company"]
            self._mentor(person, companies[key], is_contact=key not in spoken_for)
            spoken_for.add(key)
        for person in demo.mentees:
            self._mentee(person)
        self._approve()
        write_trail(self.session, self.programme, coordinator=staff[0].account)

    def _vet(self) -> None:
        self._move(Company, CompanyState.REGISTERED, CompanyState.VETTED)

    def _approve(self) -> None:
        self._move(Profile, ProfileState.SUBMITTED, ProfileState.APPROVED)

    def _move(
        self,
        model: type[Company | Profile],
        before: CompanyState | ProfileState,
        after: CompanyState | ProfileState,
    ) -> None:
        self.session.flush()
        self.session.execute(
            sa.update(model)
            .where(model.programme_id == self.programme.id, model.state == before)
            .values(state=after)
        )

    def _membership(self, person: Entry, role: Role) -> Membership:
        account = accounts.find_account(self.session, person["email"]) or self._account(person)
        membership = Membership(
            programme_id=self.programme.id,
            account=account,
            role=role,
            created_at=account.created_at,
        )
        self.session.add(membership)
        self.session.flush()
        return membership

    def _account(self, person: Entry) -> Account:
        draft = accounts.AccountDraft(
            email=person["email"],
            first_name=person["first_name"],
            last_name=person["last_name"],
            locale="de",
            password="",
        )
        account = accounts.add_account(self.session, draft, password_hash=self.password_hash)
        account.created_at = account.confirmed_at = _sent_at(person) - _WRITING
        return account

    def _company(self, entry: Entry) -> Company:
        company = Company(
            programme_id=self.programme.id,
            name=entry["name"],
            sector=entry["sector"],
            postal_code=entry["postal_code"],
            website=entry.get("website", ""),
            size=CompanySize(entry["size"]),
            phone=entry.get("phone", ""),
            internships=entry.get("internships", False),
            vacancies=entry.get("vacancies", ""),
            export_languages=entry.get("export_languages", []),
            created_at=self.programme.created_at,
        )
        self.session.add(company)
        return company

    def _mentor(self, person: Entry, company: Company, *, is_contact: bool = False) -> Profile:
        mentor = Mentor(
            programme_id=self.programme.id,
            membership_id=self._membership(person, Role.MENTOR).id,
            company_id=company.id,
            capacity=person["capacity"],
            is_contact=is_contact,
            created_at=_sent_at(person) - _WRITING,
        )
        self.session.add(mentor)
        self.session.flush()
        return self._profile(
            person,
            side=Side.MENTOR,
            mentor_id=mentor.id,
            travel=person.get("travel", []),
            job_title=person["job_title"],
            recognition_paths=person.get("recognition_paths", []),
            topics=person["offers"],
            capacity=person["capacity"],
        )

    def _mentee(self, person: Entry) -> Profile:
        membership = self._membership(person, Role.MENTEE)
        mentee = Mentee(
            programme_id=self.programme.id,
            membership_id=membership.id,
            created_at=_sent_at(person) - _WRITING,
        )
        self.session.add(mentee)
        self.session.flush()
        return self._profile(
            person,
            side=Side.MENTEE,
            mentee_id=mentee.id,
            occupation_words=person.get("occupation_words", ""),
            past_occupation=person.get("past_occupation"),
            experience_years=person.get("experience_years"),
            qualification_name=person.get("qualification_name", ""),
            qualification_country=person.get("qualification_country"),
            travel=person.get("travel", []),
            recognition=person.get("recognition"),
            topics=person["needs"],
            same_gender=person.get("same_gender", False),
        )

    def _profile(self, person: Entry, **own: object) -> Profile:
        profile = Profile(
            programme_id=self.programme.id,
            state=ProfileState.SUBMITTED,
            submitted_at=_sent_at(person),
            about=person["about"],
            sectors=person["sectors"],
            occupation=person["occupation"],
            level=person["level"],
            fields=person["fields"],
            postal_code=person["postal_code"],
            reach_km=person["reach_km"],
            modes=person["modes"],
            slots=person.get("slots", []),
            gender=person.get("gender"),
            **own,
        )
        profile.language_skills = [
            LanguageSkill(programme_id=self.programme.id, language=language, level=level)
            for language, level in person["languages"].items()
        ]
        self.session.add(profile)
        return profile


def _sent_at(person: Entry) -> datetime:
    """Return when somebody sent their profile: not all on one day, always the same days ago."""
    days = 1 + crc32(person["email"].encode()) % _LONGEST_AGO
    return now() - timedelta(days=days)

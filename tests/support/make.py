"""Rows for tests: the least that is valid, saved, and no surprises."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    Base,
    Company,
    CompanyState,
    LanguageSkill,
    Membership,
    Mentee,
    Mentor,
    Profile,
    ProfileState,
    Programme,
    Role,
    Round,
    Side,
)

Row = TypeVar("Row", bound=Base)

PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$none"
MENTOR = {
    "job_title": "Elektromeister",
    "sectors": ["43"],
    "occupation": "741",
    "level": 6,
    "fields": ["0713"],
    "recognition_paths": ["741"],
    "postal_code": "25746",
    "reach_km": 25,
    "modes": ["in_person"],
    "topics": ["applications", "network"],
    "capacity": 1,
}
MENTEE = {
    "about": "Ich möchte wieder als Elektroniker arbeiten.",
    "sectors": ["43"],
    "occupation": "741",
    "past_occupation": "741",
    "level": 4,
    "fields": ["0713"],
    "recognition": "applied",
    "postal_code": "25746",
    "reach_km": 20,
    "modes": ["in_person"],
    "topics": ["applications"],
}
_STEPS = {
    ProfileState.DRAFT: (),
    ProfileState.SUBMITTED: (ProfileState.SUBMITTED,),
    ProfileState.RETURNED: (ProfileState.SUBMITTED, ProfileState.RETURNED),
    ProfileState.DECLINED: (ProfileState.SUBMITTED, ProfileState.DECLINED),
    ProfileState.APPROVED: (ProfileState.SUBMITTED, ProfileState.APPROVED),
    ProfileState.PAUSED: (ProfileState.SUBMITTED, ProfileState.APPROVED, ProfileState.PAUSED),
}


@dataclass(frozen=True)
class Make:
    """Makes rows; what a test does not mention gets a dull, unique value."""

    session: Session
    _numbers: Iterator[int] = field(default_factory=partial(count, 1))

    def programme(self, **values: Any) -> Programme:
        number = next(self._numbers)
        defaults = {
            "slug": f"programme-{number}",
            "name": f"Programme {number}",
            "place_name": f"Kreis {number}",
            "region": f"Region {number}",
            "contact_name": "Contact",
            "contact_email": f"contact{number}@programme.example",
            "contact_phone": "0481 000",
            "address": "Street 1, 25746 Heide",
            "places": {"25746": "Heide", "25541": "Brunsbüttel"},
        }
        return self.save(Programme(**(defaults | values)))

    def account(self, **values: Any) -> Account:
        number = next(self._numbers)
        defaults = {
            "email": f"person{number}@people.example",
            "first_name": f"First{number}",
            "last_name": f"Last{number}",
            "password_hash": PASSWORD_HASH,
            "locale": "en",
            "confirmed_at": now() - timedelta(days=1),
        }
        return self.save(Account(**(defaults | values)))

    def membership(
        self, programme: Programme, role: Role, account: Account | None = None, **values: Any
    ) -> Membership:
        account = account or self.account(**values)
        membership = Membership(programme_id=programme.id, account_id=account.id, role=role)
        return self.save(membership)

    def coordinator(self, programme: Programme | None = None, **values: Any) -> Account:
        programme = programme or self.programme()
        return self.membership(programme, Role.COORDINATOR, **values).account

    def company(
        self, programme: Programme, *, state: CompanyState = CompanyState.VETTED, **values: Any
    ) -> Company:
        number = next(self._numbers)
        defaults = {"name": f"Company {number}", "sector": "43", "postal_code": "25746"}
        company = Company(programme_id=programme.id, **(defaults | values))
        self.save(company)
        if state is not CompanyState.REGISTERED:
            company.state = CompanyState.VETTED if state is CompanyState.LEFT else state
            self.save(company)
            company.state = state
        return self.save(company)

    def mentor(
        self,
        programme: Programme,
        *,
        company: Company | None = None,
        account: Account | None = None,
        state: ProfileState | None = ProfileState.APPROVED,
        is_contact: bool = False,
        **profile: Any,
    ) -> Mentor:
        membership = self.membership(programme, Role.MENTOR, account)
        company = company or self.company(programme)
        mentor = Mentor(
            programme_id=programme.id,
            membership_id=membership.id,
            company_id=company.id,
            capacity=profile.get("capacity", 1),
            is_contact=is_contact,
        )
        self.save(mentor)
        if state is not None:
            self.profile(mentor, state=state, **profile)
        return mentor

    def mentee(
        self,
        programme: Programme,
        *,
        account: Account | None = None,
        state: ProfileState | None = ProfileState.APPROVED,
        **profile: Any,
    ) -> Mentee:
        membership = self.membership(programme, Role.MENTEE, account)
        mentee = self.save(Mentee(programme_id=programme.id, membership_id=membership.id))
        if state is not None:
            self.profile(mentee, state=state, **profile)
        return mentee

    def profile(
        self,
        person: Mentor | Mentee,
        *,
        state: ProfileState = ProfileState.APPROVED,
        languages: dict[str, str] | None = None,
        **values: Any,
    ) -> Profile:
        mentor = isinstance(person, Mentor)
        spoken = languages or ({"de": "C2"} if mentor else {"de": "B2", "ar": "C2"})
        profile = Profile(
            programme_id=person.programme_id,
            side=Side.MENTOR if mentor else Side.MENTEE,
            **{"mentor_id" if mentor else "mentee_id": person.id},
            **((MENTOR if mentor else MENTEE) | values),
        )
        profile.language_skills = [
            LanguageSkill(programme_id=person.programme_id, language=language, level=level)
            for language, level in spoken.items()
        ]
        self.save(profile)
        for step in _STEPS[state]:
            profile.state = step
            if step is ProfileState.SUBMITTED:
                profile.submitted_at = now()
            self.save(profile)
        return profile

    def round(self, programme: Programme, **values: Any) -> Round:
        defaults = {"name": f"Round {next(self._numbers)}"}
        return self.save(Round(programme_id=programme.id, **(defaults | values)))

    def save(self, row: Row) -> Row:
        """Write a row for good, as far as the test goes; what was read before stands."""
        self.session.add(row)
        self.session.expire_on_commit = False
        self.session.commit()
        self.session.expire_on_commit = True
        return row

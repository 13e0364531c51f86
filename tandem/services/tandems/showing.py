"""Staged disclosure: what one side may know of the other, and from when on (TRUST A4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import dist

from tandem import taxonomy
from tandem.clock import now
from tandem.models import Company, Profile, Side, Tandem, TandemState
from tandem.services.tandems.letters import other, person_on


@dataclass(frozen=True, kw_only=True)
class CompanyOffers:
    """What a mentor's company offers to their tandems."""

    internships: bool
    vacancies: str
    export_languages: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How to reach somebody; known once both have said yes."""

    name: str
    email: str | None
    """None: no mail reaches them; the coordination passes everything on."""
    company: str | None
    offers: CompanyOffers | None = None
    phone: str = ""
    """Of the company, where no mail reaches its mentor."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """What may be known of the person across; what may not is not in it."""

    side: Side
    first_name: str
    languages: Mapping[str, str]
    distance_km: int | None
    job_title: str = ""
    sectors: Sequence[str] = ()
    postal_code: str | None = None
    offers: Sequence[str] = ()
    occupation: str | None = None
    goals: str = ""
    contact: Contact | None = None


def standing(tandem: Tandem) -> TandemState:
    """Return where a tandem stands, even before the worker has noticed that time is over."""
    if tandem.state is TandemState.INVITED and now() > tandem.expires_at:
        return TandemState.EXPIRED
    return tandem.state


def agreed_topics(tandem: Tandem) -> Sequence[str]:
    """Return what the mentee needs and the mentor offers: what the tandem is about."""
    proposal = tandem.decision.proposal
    offers = proposal.mentor_profile.topics
    return [topic for topic in proposal.mentee_profile.topics if topic in offers]


def card(tandem: Tandem, reader: Side) -> Card | None:
    """Return what ``reader`` may know; nothing where an invitation came to nothing."""
    if standing(tandem) is not TandemState.INVITED and not tandem.shows_contact_data:
        return None
    across = other(reader)
    proposal = tandem.decision.proposal
    km = _distance_km(proposal.mentor_profile, proposal.mentee_profile)
    if across is Side.MENTOR:
        return _of_mentor(tandem, proposal.mentor_profile, km)
    return _of_mentee(tandem, proposal.mentee_profile, km)


def _of_mentor(tandem: Tandem, profile: Profile, km: int | None) -> Card:
    return Card(
        side=Side.MENTOR,
        first_name=tandem.mentor.first_name,
        languages=profile.languages,
        distance_km=km,
        job_title=profile.job_title,
        sectors=profile.sectors,
        postal_code=profile.postal_code,
        offers=profile.topics,
        contact=_contact(tandem, Side.MENTOR),
    )


def _of_mentee(tandem: Tandem, profile: Profile, km: int | None) -> Card:
    return Card(
        side=Side.MENTEE,
        first_name=tandem.mentee.first_name,
        languages=profile.languages,
        distance_km=km,
        occupation=profile.occupation,
        goals=profile.about,
        contact=_contact(tandem, Side.MENTEE),
    )


def _contact(tandem: Tandem, side: Side) -> Contact | None:
    if not tandem.shows_contact_data:
        return None
    account = person_on(tandem, side).membership.account
    email = account.email if account.has_email else None
    if side is Side.MENTEE:
        return Contact(name=account.name, email=email, company=None)
    company = tandem.mentor.company
    return Contact(
        name=account.name,
        email=email,
        company=company.name,
        offers=_offers(company),
        phone="" if email else company.phone,
    )


def _offers(company: Company) -> CompanyOffers | None:
    """Return what a company that takes part offers, if it has entered anything."""
    if not company.is_vetted:
        return None
    if not (company.internships or company.vacancies or company.export_languages):
        return None
    return CompanyOffers(
        internships=company.internships,
        vacancies=company.vacancies,
        export_languages=company.export_languages,
    )


def _distance_km(one: Profile, another: Profile) -> int | None:
    ours, theirs = (taxonomy.locate(each.postal_code or "") for each in (one, another))
    return round(dist(ours, theirs) / 1000) if ours and theirs else None

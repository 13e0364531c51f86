"""Companies: registering, being vetted, describing themselves, leaving."""

from tandem.services.companies.correcting import Correction, correct
from tandem.services.companies.describing import CompanyChange, describe
from tandem.services.companies.leaving import SpeaksForIt, leave, part, release
from tandem.services.companies.mentors import (
    Colleague,
    OwnCompany,
    Progress,
    can_speak,
    find_contact,
    get_own,
    is_invited,
    list_mentors,
)
from tandem.services.companies.registering import CompanyDraft, register
from tandem.services.companies.speaking import hand_over, name_contact
from tandem.services.companies.vetting import (
    CompanyDecision,
    CompanyEntry,
    count_companies,
    decide,
    get_company,
    list_companies,
)

__all__ = [
    "Colleague",
    "CompanyChange",
    "CompanyDecision",
    "CompanyDraft",
    "CompanyEntry",
    "Correction",
    "OwnCompany",
    "Progress",
    "SpeaksForIt",
    "can_speak",
    "correct",
    "count_companies",
    "decide",
    "describe",
    "find_contact",
    "get_company",
    "get_own",
    "hand_over",
    "is_invited",
    "leave",
    "list_companies",
    "list_mentors",
    "name_contact",
    "part",
    "register",
    "release",
]

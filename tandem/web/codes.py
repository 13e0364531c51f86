"""Codes of profiles and scores in the reader's words, wherever a page shows or asks for them."""

from collections.abc import Iterable
from typing import Literal

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import lazy_gettext as _l

from tandem import taxonomy
from tandem.locales import regional
from tandem.models import EndReason, TandemState, Way
from tandem.web.languages import locale_code

CRITERION = {
    "sector": _l("Sector"),
    "occupation": _l("Occupation"),
    "qualification": _l("Qualification"),
    "needs": _l("Needs"),
    "wishes": _l("Wishes"),
    "language": _l("Language"),
    "reach": _l("Reach"),
    "availability": _l("Time"),
    "waiting": _l("Waiting"),
}
"""What a score is made of, in the order in which its parts are drawn."""
TOPICS = {
    "network": _l("Contacts and network"),
    "applications": _l("Writing applications"),
    "interview": _l("Job interviews"),
    "recognition": _l("Recognition of qualifications"),
    "technical_german": _l("German for the job"),
    "work_culture": _l("How work is done here"),
    "further_training": _l("Further training"),
    "leadership": _l("Leading a team"),
    "self_employment": _l("Starting a business"),
    "internship": _l("Internship or trial days"),
}
MODES = {"in_person": _l("In person"), "online": _l("Online")}
WAYS = {
    Way.IN_PERSON: _l("In person"),
    Way.VIDEO: _l("Video call"),
    Way.PHONE: _l("Telephone"),
}
"""How two people meet, once they are a tandem."""
TRAVEL = {"bicycle": _l("Bicycle"), "bus": _l("Bus or train"), "car": _l("Car")}
RECOGNITION = {
    "none": _l("Not applied for yet"),
    "applied": _l("Applied for"),
    "partial": _l("Recognised in part"),
    "full": _l("Recognised in full"),
    "not_needed": _l("Not needed for this work"),
}
LEVELS = {
    1: _l("No qualification yet (level 1)"),
    2: _l("Preparation for vocational training (level 2)"),
    3: _l("Vocational training of two years (level 3)"),
    4: _l("Vocational training of three years (level 4)"),
    5: _l("Advanced vocational qualification (level 5)"),
    6: _l("Bachelor or master craftsperson (level 6)"),
    7: _l("Master's degree (level 7)"),
    8: _l("Doctorate (level 8)"),
}
PARTS_OF_DAY = {
    "am": _l("%(day)s morning"),
    "pm": _l("%(day)s afternoon"),
    "eve": _l("%(day)s evening"),
}
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
GENDERS = {"f": _l("Woman"), "m": _l("Man"), "x": _l("Other")}

TANDEMS = {
    TandemState.INVITED: _l("Waiting for answers"),
    TandemState.ACTIVE: _l("Running"),
    TandemState.PAUSED: _l("Paused"),
    TandemState.COMPLETED: _l("Completed"),
    TandemState.ENDED_EARLY: _l("Ended early"),
    TandemState.DECLINED: _l("Declined"),
    TandemState.EXPIRED: _l("Expired before both had answered"),
    TandemState.WITHDRAWN: _l("Taken back"),
}
END_REASONS = {
    EndReason.FOUND_WORK: _l("Work or training was found"),
    EndReason.NO_TIME: _l("There was too little time"),
    EndReason.MOVED: _l("One of the two moves away"),
    EndReason.NO_CONTACT: _l("The two lost touch"),
    EndReason.DID_NOT_FIT: _l("It did not fit"),
    EndReason.PERSONAL: _l("Personal reasons"),
    EndReason.OTHER: _l("Something else"),
}
"""Why a tandem ended early; nobody's fault."""


def topics(codes: Iterable[str]) -> str:
    """Name topics in their usual order; some hold an "and" themselves."""
    chosen = set(codes)
    return "; ".join(str(name) for code, name in TOPICS.items() if code in chosen)


def modes(codes: Iterable[str]) -> str:
    """Name the ways to meet."""
    chosen = set(codes)
    return listed(str(name) for code, name in MODES.items() if code in chosen)


def ways(codes: Iterable[str]) -> str:
    """Name how two people meet."""
    chosen = set(codes)
    return listed(str(name) for way, name in WAYS.items() if way.value in chosen)


def travel(codes: Iterable[str]) -> str:
    """Name the ways to get about."""
    chosen = set(codes)
    return listed(str(name) for code, name in TRAVEL.items() if code in chosen)


def languages(levels: dict[str, str]) -> str:
    """Name languages with their levels: German (C2) and English (B1)."""
    return listed(f"{language(code)} ({level})" for code, level in levels.items())


def language(code: str) -> str:
    """Name one language."""
    return taxonomy.language_name(code, locale_code())


def sectors(codes: Iterable[str]) -> str:
    """Name sectors of the economy."""
    return "; ".join(sector(code) for code in codes)


def sector(code: str) -> str:
    """Name one sector."""
    return taxonomy.sector_name(code, locale_code())


def occupations(codes: Iterable[str]) -> str:
    """Name occupations."""
    return "; ".join(occupation(code) for code in codes)


def occupation(code: str) -> str:
    """Name one group of occupations."""
    return taxonomy.occupation_name(code, locale_code())


def country(code: str) -> str:
    """Name one country."""
    return taxonomy.country_name(code, locale_code())


def wishes(prefer: Iterable[str]) -> str:
    """Name what a mentor wishes for: ``occupation:22`` is a field, ``need:network`` a topic."""
    parts = [wish.partition(":") for wish in prefer]
    named = [occupation(code) for kind, _, code in parts if kind == "occupation"]
    wanted = topics(code for kind, _, code in parts if kind == "need")
    return "; ".join([*named, *([wanted] if wanted else [])])


def slots(codes: Iterable[str]) -> str:
    """Name times of the week: Monday evening and Friday morning."""
    return listed(slot(code) for code in codes)


def slot(code: str) -> str:
    """Name one time of the week, such as ``mo-eve``."""
    _, _, part = code.partition("-")
    return str(PARTS_OF_DAY[part]) % {"day": weekday(code)}


def weekday(code: str, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """Name the day of one time of the week."""
    names = get_day_names(width, "stand-alone", locale_code())
    return str(names[_DAYS.index(code.partition("-")[0])])


def fields(codes: Iterable[str]) -> str:
    """Name fields of education."""
    return "; ".join(taxonomy.field_name(code, locale_code()) for code in codes)


def listed(words: Iterable[str]) -> str:
    """Join words as the reader's language does: a, b and c."""
    return format_list(list(words), locale=regional(locale_code()))

"""Made-up mentors and mentees, one at a time."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.people import Mentee, Mentor
from matching.simulate.careers import AKIN, IN_SECTOR, OF_MENTEES, OF_MENTORS, Career
from matching.simulate.dice import Dice, Loaded
from matching.simulate.languages import mentee_languages, mentor_languages
from matching.simulate.regions import Region
from matching.simulate.towns import Town

ONLINE_ONLY: Final = 15
"""Of a hundred people who would meet online, so many would meet in no other way."""
_GRADUATE: Final = 6
_FLUENT: Final = ("C1", "C2")
_KM: Final = Loaded({5.0: 8, 10.0: 24, 15.0: 20, 20.0: 20, 25.0: 14, 30.0: 9, 50.0: 5})
_GENDER: Final = Loaded({"f": 52, "m": 46, "x": 2})
_SAME_GENDER: Final = {"f": 12, "m": 3, "x": 5}
_CAPACITY: Final = Loaded({1: 80, 2: 14, 3: 4, 0: 2})
_WAITING: Final = Loaded({0: 72, 1: 16, 2: 8, 3: 4})
_BUSY: Final = Loaded({"eve": 6, "pm": 2, "am": 1})
_OPEN: Final = Loaded({"am": 4, "pm": 4, "eve": 3})
_DAYS: Final = Loaded({"mo": 4, "tu": 5, "we": 5, "th": 5, "fr": 3, "sa": 3, "su": 1})
_SLOT: Final = {(day, part): f"{day}-{part}" for day in _DAYS.items for part in _OPEN.items}
_OFFERS: Final = Loaded(
    {
        "network": 20,
        "applications": 18,
        "interview": 15,
        "work_culture": 16,
        "technical_german": 14,
        "further_training": 9,
        "internship": 8,
        "leadership": 6,
        "self_employment": 4,
        "recognition": 5,
    }
)
_NEEDS: Final = Loaded(
    {
        "network": 22,
        "applications": 22,
        "interview": 14,
        "work_culture": 13,
        "further_training": 10,
        "internship": 9,
        "self_employment": 5,
        "leadership": 3,
    }
)
_OF_REGULATED: Final = Loaded({"none": 22, "applied": 42, "partial": 20, "full": 16})
_OF_GRADUATES: Final = Loaded(
    {"none": 30, "applied": 18, "partial": 8, "full": 24, "not_needed": 20}
)
_OF_OTHERS: Final = Loaded({"none": 30, "applied": 12, "partial": 9, "full": 9, "not_needed": 40})


@dataclass(frozen=True)
class Company:
    """Where several mentors work: a town and a division."""

    id: str
    town: Town
    sector: str


def make_company(number: int, region: Region, dice: Dice) -> Company:
    """Draw a company."""
    sector = dice.pick(OF_MENTORS).sectors[0]
    return Company(f"K{number:05}", dice.pick(region.towns), sector)


def make_mentor(number: int, region: Region, dice: Dice, *, company: Company) -> Mentor:
    """Draw a mentor of a company; one in ten comes from elsewhere, out of work or retired."""
    employed = dice.chance(90)
    fits = employed and dice.chance(80)
    career = dice.pick(IN_SECTOR[company.sector] if fits else OF_MENTORS)
    level = career.levels[dice.below(len(career.levels))]
    recognition = (career.occupation[:3],) if dice.chance(70 if career.regulated else 15) else ()
    return Mentor(
        id=f"M{number:06}",
        languages=mentor_languages(dice, level),
        sectors=(company.sector,) if employed else career.sectors[:1],
        occupation=career.occupation,
        level=level,
        fields=_fields(career, dice),
        recognition=recognition,
        place=region.settle(dice, company.town if employed else dice.pick(region.towns)),
        reach_km=dice.pick(_KM),
        modes=_modes(region, dice),
        slots=_slots(_BUSY, dice),
        capacity=dice.pick(_CAPACITY),
        gender=dice.pick(_GENDER),
        offers=_shared({*dice.several(_OFFERS, 2 + dice.below(5)), *_known_paths(recognition)}),
        company=company.id if employed else None,
        prefer=(f"occupation:{career.occupation[:2]}",) if dice.chance(12) else (),
    )


def make_mentee(number: int, region: Region, dice: Dice, *, n_mentors: int) -> Mentee:
    """Draw a mentee: what was learnt, what it is worth here, and where it shall lead."""
    past = dice.pick(OF_MENTEES)
    target = past if dice.chance(65) else dice.pick(AKIN[past.occupation])
    level = past.levels[dice.below(len(past.levels))]
    languages = mentee_languages(dice, level)
    recognition = _recognition(target, level, dice)
    gender = dice.pick(_GENDER)
    waiting = dice.pick(_WAITING)
    return Mentee(
        id=f"E{number:06}",
        languages=languages,
        sectors=target.sectors[: 1 + dice.below(3)],
        occupation=target.occupation,
        past_occupation=past.occupation,
        level=level,
        fields=_fields(past, dice),
        recognition=recognition,
        place=region.settle(dice, dice.pick(region.towns)),
        reach_km=dice.pick(_KM),
        modes=_modes(region, dice),
        slots=_slots(_OPEN, dice),
        waiting=waiting,
        previous=_earlier(dice, n_mentors) if waiting and dice.chance(30) else (),
        gender=gender,
        same_gender=dice.chance(_SAME_GENDER[gender]),
        needs=_needs(dice, recognition=recognition, german=languages["de"]),
    )


def _recognition(target: Career, level: int, dice: Dice) -> str:
    if target.regulated:
        return dice.pick(_OF_REGULATED)
    return dice.pick(_OF_GRADUATES if level >= _GRADUATE else _OF_OTHERS)


def _needs(dice: Dice, *, recognition: str, german: str) -> frozenset[str]:
    needs = set(dice.several(_NEEDS, 1 + dice.below(3)))
    if recognition in {"none", "applied", "partial"} and dice.chance(55):
        needs.add("recognition")
    if german not in _FLUENT and dice.chance(40):
        needs.add("technical_german")
    return _shared(needs)


def _known_paths(recognition: tuple[str, ...]) -> tuple[str, ...]:
    return ("recognition",) if recognition else ()


def _shared(codes: set[str]) -> frozenset[str]:
    return _only_one(frozenset(codes))


@cache
def _only_one(codes: frozenset[str]) -> frozenset[str]:
    """Return the one object of these codes: many people ask for or offer the same."""
    return codes


def _fields(career: Career, dice: Dice) -> tuple[str, ...]:
    both = len(career.fields) > 1 and dice.chance(25)
    return career.fields[:2] if both else (career.fields[dice.below(len(career.fields))],)


def _modes(region: Region, dice: Dice) -> frozenset[str]:
    if not dice.chance(region.online):
        return _shared({"in_person"})
    return _shared({"online"} if dice.chance(ONLINE_ONLY) else {"in_person", "online"})


def _slots(parts: Loaded[str], dice: Dice) -> frozenset[str] | None:
    if dice.chance(20):
        return None
    times = range(2 + dice.below(6))
    return frozenset(_SLOT[dice.pick(_DAYS), dice.pick(parts)] for _ in times)


def _earlier(dice: Dice, n_mentors: int) -> tuple[str, ...]:
    return (f"M{dice.below(n_mentors):06}",) if n_mentors else ()

"""What a mentee is asked, one draft a step."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MenteeLanguages:
    """The languages a mentee speaks, each with its level."""

    languages: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class MenteeWork:
    """The work a mentee aims for, in codes and in their own words, or in these alone."""

    occupation: str | None
    occupation_words: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MenteeQualification:
    """What a mentee has learned, and whether it is recognised."""

    level: int
    qualification_name: str
    fields: tuple[str, ...]
    qualification_country: str | None
    recognition: str


@dataclass(frozen=True, kw_only=True)
class MenteeExperience:
    """The work a mentee did before; somebody new to work has none."""

    past_occupation: str | None
    past_occupation_words: str
    experience_years: int | None


@dataclass(frozen=True, kw_only=True)
class MenteeMeeting:
    """Where, how and when a mentee can meet."""

    postal_code: str
    modes: tuple[str, ...]
    travel: tuple[str, ...]
    reach_km: int
    slots: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MenteeNeeds:
    """What a mentee needs, and what for."""

    topics: tuple[str, ...]
    about: str


@dataclass(frozen=True, kw_only=True)
class MenteeWishes:
    """What a mentee wishes of a mentor, and whom they do not want to meet."""

    same_gender: bool
    gender: str | None
    avoid_words: str


MENTEE_STEPS: Mapping[str, tuple[str, ...]] = {
    "languages": ("languages",),
    "work": ("occupation",),
    "qualification": ("level", "recognition"),
    "experience": (),
    "meeting": ("postal_code", "reach_km", "modes"),
    "needs": ("topics", "about"),
    "wishes": (),
}
"""The steps in order, with what none of them may leave open."""

REACH_KM: Mapping[str, int] = {"bicycle": 8, "bus": 20, "car": 30}
"""How far people usually get in half an hour, door to door, in a district of towns and villages."""


def suggest_reach(travel: tuple[str, ...]) -> int | None:
    """Return how far somebody probably gets who travels in these ways; none: not known."""
    return max((REACH_KM[way] for way in travel), default=None)

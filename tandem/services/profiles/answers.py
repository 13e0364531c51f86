"""What is asked in each step of a profile, and what a whole profile needs."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

from tandem.models import LanguageSkill, Mentee, Mentor, Profile, Side
from tandem.services.profiles.mentee import (
    MENTEE_STEPS,
    MenteeExperience,
    MenteeLanguages,
    MenteeMeeting,
    MenteeNeeds,
    MenteeQualification,
    MenteeWishes,
    MenteeWork,
)


@dataclass(frozen=True, kw_only=True)
class MentorWork:
    """What a mentor does, and where; without a code the words stand for themselves."""

    job_title: str
    occupation: str | None
    occupation_words: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MentorQualification:
    """What a mentor has learned, and whose ways to recognition they know."""

    level: int
    fields: tuple[str, ...]
    recognition_paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MentorMeeting:
    """Where, how, when and in which languages a mentor can meet."""

    languages: Mapping[str, str]
    postal_code: str
    modes: tuple[str, ...]
    travel: tuple[str, ...]
    reach_km: int
    slots: tuple[str, ...]
    gender: str | None


@dataclass(frozen=True, kw_only=True)
class MentorOffer:
    """What a mentor offers, to how many people at a time, and whom they would like best."""

    topics: tuple[str, ...]
    capacity: int
    about: str
    prefer: tuple[str, ...] = ()
    """Fields of work and needs, never persons: ``occupation:22``, ``need:network``."""


StepDraft: TypeAlias = (
    MenteeLanguages
    | MenteeWork
    | MenteeQualification
    | MenteeExperience
    | MenteeMeeting
    | MenteeNeeds
    | MenteeWishes
    | MentorWork
    | MentorQualification
    | MentorMeeting
    | MentorOffer
)

STEPS: Mapping[Side, Mapping[str, tuple[str, ...]]] = {
    Side.MENTEE: MENTEE_STEPS,
    Side.MENTOR: {
        "work": ("job_title", "occupation", "sectors"),
        "qualification": ("level",),
        "meeting": ("languages", "postal_code", "reach_km", "modes"),
        "offer": ("topics", "capacity"),
    },
}
"""The steps of each side, in order, with what none of them may leave open."""

_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "experience": ("past_occupation", "past_occupation_words", "experience_years"),
}
"""What the steps ask that may stay empty altogether, where others come after them."""
_ANSWERS = (
    "job_title",
    "about",
    "sectors",
    "occupation",
    "occupation_words",
    "past_occupation",
    "past_occupation_words",
    "experience_years",
    "level",
    "qualification_name",
    "fields",
    "qualification_country",
    "recognition",
    "recognition_paths",
    "postal_code",
    "reach_km",
    "modes",
    "travel",
    "slots",
    "topics",
    "prefer",
    "capacity",
    "gender",
    "same_gender",
    "avoid_words",
)
_EMPTY: tuple[object, ...] = (None, "", [], {})


def missing(profile: Profile) -> dict[str, list[str]]:
    """Return what is still open, step by step; nothing where the profile can be sent."""
    open_ = {
        step: [name for name in names if _is_open(profile, name)]
        for step, names in STEPS[profile.side].items()
    }
    return {step: names for step, names in open_.items() if names}


def _is_open(profile: Profile, name: str) -> bool:
    """Whether something is unanswered; words that nobody found a code for are an answer."""
    if name == "occupation" and profile.occupation_words:
        return False
    return getattr(profile, name) in _EMPTY


def next_step(profile: Profile) -> str | None:
    """Return the step to go on with; none where nothing that is needed is open.

    A step that may stay empty is asked once: it is the next one where it is empty and the
    one after it is still open.
    """
    open_ = missing(profile)
    order = list(STEPS[profile.side])
    at = next((order.index(step) for step in order if step in open_), None)
    if at is None:
        return None
    while at > 0 and _is_untouched(profile, order[at - 1]):
        at -= 1
    return order[at]


def _is_untouched(profile: Profile, step: str) -> bool:
    names = _OPTIONAL.get(step, ())
    return bool(names) and all(getattr(profile, name) in _EMPTY for name in names)


def blank(person: Mentor | Mentee) -> Profile:
    """Return a first version for ``person`` in which nothing is said yet, not saved."""
    mentor = isinstance(person, Mentor)
    return Profile(
        programme_id=person.programme_id,
        side=Side.MENTOR if mentor else Side.MENTEE,
        mentor_id=person.id if mentor else None,
        mentee_id=None if mentor else person.id,
        number=1,
        job_title="",
        about="",
        decision_reason="",
        occupation_words="",
        past_occupation_words="",
        qualification_name="",
        avoid_words="",
        sectors=[],
        fields=[],
        recognition_paths=[],
        modes=[],
        travel=[],
        slots=[],
        topics=[],
        prefer=[],
        same_gender=False,
        language_skills=[],
    )


def copy_of(profile: Profile, *, number: int) -> Profile:
    """Return a new draft that says what ``profile`` says, not saved."""
    copy = Profile(
        programme_id=profile.programme_id,
        side=profile.side,
        mentor_id=profile.mentor_id,
        mentee_id=profile.mentee_id,
        number=number,
        decision_reason="",
        **{name: getattr(profile, name) for name in _ANSWERS},
    )
    speak(copy, profile.languages)
    return copy


def is_in(profile: Profile, draft: StepDraft) -> bool:
    """Whether ``profile`` says what ``draft`` says."""
    return all(
        getattr(profile, field.name) == _stored(getattr(draft, field.name))
        for field in fields(draft)
    )


def write(profile: Profile, draft: StepDraft) -> None:
    """Put the answers of one step into ``profile``."""
    for field in fields(draft):
        value = getattr(draft, field.name)
        if field.name == "languages":
            speak(profile, value)
        else:
            setattr(profile, field.name, _stored(value))


def speak(profile: Profile, languages: Mapping[str, str]) -> None:
    """Set the languages of ``profile``; rows of languages that stay are kept."""
    known = {skill.language: skill for skill in profile.language_skills}
    for language, level in languages.items():
        if language in known:
            known[language].level = level
        else:
            skill = LanguageSkill(programme_id=profile.programme_id, language=language, level=level)
            profile.language_skills.append(skill)
    for language, skill in known.items():
        if language not in languages:
            profile.language_skills.remove(skill)


def _stored(value: object) -> object:
    """Return ``value`` as the table keeps it."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value

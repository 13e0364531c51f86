"""Profiles: what mentors and mentees say about themselves, step by step, version by version."""

from tandem.services.profiles.answers import (
    STEPS,
    MentorMeeting,
    MentorOffer,
    MentorWork,
    StepDraft,
    copy_of,
    is_in,
    missing,
    next_step,
)
from tandem.services.profiles.mentee import (
    MenteeExperience,
    MenteeLanguages,
    MenteeMeeting,
    MenteeNeeds,
    MenteeQualification,
    MenteeWishes,
    MenteeWork,
    suggest_reach,
)
from tandem.services.profiles.moves import (
    Incomplete,
    discard,
    pause,
    resume,
    save_step,
    submit,
    take_back,
)
from tandem.services.profiles.versions import Versions, get_person, get_versions

__all__ = [
    "STEPS",
    "Incomplete",
    "MenteeExperience",
    "MenteeLanguages",
    "MenteeMeeting",
    "MenteeNeeds",
    "MenteeQualification",
    "MenteeWishes",
    "MenteeWork",
    "MentorMeeting",
    "MentorOffer",
    "MentorWork",
    "StepDraft",
    "Versions",
    "copy_of",
    "discard",
    "get_person",
    "get_versions",
    "is_in",
    "missing",
    "next_step",
    "pause",
    "resume",
    "save_step",
    "submit",
    "suggest_reach",
    "take_back",
]

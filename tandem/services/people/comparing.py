"""What an edit changes, and what a profile lacks so that it scores less than it could."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from tandem.models import Profile, Side

_WORK = ("sectors", "occupation", "occupation_words")
_MEETING = ("languages", "postal_code", "reach_km", "travel", "modes", "slots")
_AT_THE_END = ("gender", "same_gender", "avoid_words")
FIELDS = {
    Side.MENTOR: (
        "job_title",
        *_WORK,
        "level",
        "fields",
        *_MEETING,
        "topics",
        "about",
        "prefer",
        "recognition_paths",
        "capacity",
        *_AT_THE_END,
    ),
    Side.MENTEE: (
        *_WORK,
        "past_occupation",
        "past_occupation_words",
        "experience_years",
        "level",
        "qualification_name",
        "qualification_country",
        "fields",
        "recognition",
        *_MEETING,
        "topics",
        "about",
        *_AT_THE_END,
    ),
}
"""What each side is asked, in the order in which it is shown."""
_THAT_SCORE = {
    Side.MENTOR: ("occupation", "sectors", "topics", "level", "fields", "postal_code"),
    Side.MENTEE: (
        "occupation",
        "sectors",
        "topics",
        "level",
        "fields",
        "recognition",
        "postal_code",
    ),
}


class Change(NamedTuple):
    """One answer that differs between two versions."""

    field: str
    before: Any
    after: Any


def compare(before: Profile, after: Profile) -> Sequence[Change]:
    """Return the answers that differ, in the order in which they are shown."""
    changes = (
        Change(field, getattr(before, field), getattr(after, field)) for field in FIELDS[after.side]
    )
    return [change for change in changes if _plain(change.before) != _plain(change.after)]


def name_gaps(profile: Profile) -> Sequence[str]:
    """Return the fields that were left empty although they count in a match."""
    return [field for field in _THAT_SCORE[profile.side] if not getattr(profile, field)]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value

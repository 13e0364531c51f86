"""What no field holds of what a list says, as notes of the staff: nothing is lost."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa

from tandem.models import Account, Base, Company, Mentee, Mentor, Note, NoteKind, Profile
from tandem.services.imports import Company as ListedCompany
from tandem.services.imports import Person
from tandem.services.imports.understood import LONGEST_NOTE

PROFILE_FIELDS = (
    "job_title", "about", "sectors", "occupation", "occupation_words", "past_occupation",
    "past_occupation_words", "experience_years", "level", "qualification_name", "fields",
    "recognition", "recognition_paths", "postal_code", "reach_km", "modes", "travel", "slots",
    "topics", "prefer", "capacity", "gender", "same_gender",
)  # fmt: skip
"""What goes from a list into a profile as it is."""


def has_room(model: type[Base], name: str, value: object) -> bool:
    """Whether a column can hold a value."""
    if not isinstance(value, str):
        return True
    longest = _longest(model, name)
    return longest is None or len(value) <= longest


@cache
def _longest(model: type[Base], name: str) -> int | None:
    return getattr(sa.inspect(model).columns[name].type, "length", None)


def notes_of(listed: Person | ListedCompany) -> list[str]:
    """Return what a list says of somebody and no field holds."""
    phone = listed.value("phone")
    too_long = [
        understood.shown
        for name, understood in listed.fields.items()
        if name in PROFILE_FIELDS and not has_room(Profile, name, understood.value)
    ]
    return [*([f"Tel. {phone}"] if phone else []), *too_long, *listed.notes()]


def whole_of(person: Person) -> list[str]:
    """Return all that a list says of somebody, for whom it becomes a note."""
    shown = dict.fromkeys(value.shown for value in person.fields.values() if value.shown)
    return [*shown, *person.notes()]


def notes_about(
    about: Mentor | Mentee | Company, texts: Sequence[str], *, author: Account
) -> list[Note]:
    """Return new notes about somebody, as few as hold all."""
    together = "\n".join(texts)
    return [
        _note(about, together[start : start + LONGEST_NOTE], author=author)
        for start in range(0, len(together), LONGEST_NOTE)
    ]


def talk_with(who: Mentor | Mentee, person: Person, *, author: Account) -> list[Note]:
    """Return a new note about the talk that a list tells of; nothing where it tells of none."""
    talked_on = person.value("talked_on")
    if not isinstance(talked_on, str):
        return []
    note = _note(who, person.fields["talked_on"].shown, author=author)
    note.kind, note.talked_on = NoteKind.TALK, date.fromisoformat(talked_on)
    return [note]


def _note(about: Mentor | Mentee | Company, text: str, *, author: Account) -> Note:
    return Note(
        programme_id=about.programme_id,
        mentor_id=about.id if isinstance(about, Mentor) else None,
        mentee_id=about.id if isinstance(about, Mentee) else None,
        company_id=about.id if isinstance(about, Company) else None,
        kind=NoteKind.IMPORT,
        text=text,
        account_id=author.id,
    )

"""Lists in the columns of `tandem match`, which go straight in: all of it, or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tandem.models import ImportKind
from tandem.services.imports.roles import NOTE
from tandem.services.imports.understood import Company, Person, Understanding
from tandem.services.matchmaking.cells import Form
from tandem.services.matchmaking.columns import MENTEE_COLUMNS, MENTOR_COLUMNS

CONTACT = ("first_name", "last_name", "email")
"""What everybody in such a list needs beside the columns of `tandem match`."""
_COLUMNS: Mapping[ImportKind, Mapping[str, Form]] = {
    ImportKind.MENTEES: MENTEE_COLUMNS,
    ImportKind.COMPANIES: MENTOR_COLUMNS,
}
_IN_WORDS = {
    "qualification_name": "level",
    "occupation_words": "occupation",
    "past_occupation_words": "past_occupation",
}
"""Fields that hold words, which stand where codes should."""
_EXPECTED = {"first_name": "a first name", "last_name": "a last name", "email": "a mail address"}


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A cell of such a list that is not as it must be, or one that is missing."""

    sheet: str
    line: int
    column: str
    text: str
    expected: str


def is_coded(understanding: Understanding, kind: ImportKind) -> bool:
    """Tell whether a list has the columns of `tandem match`: an id, languages, and codes."""
    labels = {column.label.strip().lower() for column in understanding.columns}
    return {"id", "languages"} <= labels and len(labels & set(_COLUMNS[kind])) > len(CONTACT)


def misread(understanding: Understanding, kind: ImportKind) -> list[Misread]:
    """Return all that keeps such a list from going straight in, by line."""
    forms = _COLUMNS[kind]
    columns = {
        column.label: forms[column.label.strip().lower()].expected
        for column in understanding.columns
        if column.role != NOTE and column.label.strip().lower() in forms
    }
    mentors = [mentor for company in understanding.companies for mentor in company.mentors]
    people = [*understanding.people, *mentors]
    told: list[Person | Company] = [*people, *understanding.companies]
    found = [
        *(one for each in told for one in _of(each, columns)),
        *(one for person in people for one in _missing(person)),
        *_unnamed(understanding),
    ]
    in_order = sorted(found, key=lambda one: one.line)
    return [replace(one, sheet=understanding.sheet) for one in in_order]


def _of(told: Person | Company, columns: Mapping[str, str]) -> Iterator[Misread]:
    for said in (*told.loosely_read, *told.left_over):
        if said.label in columns:
            yield _misread(told.line, said.label, text=said.text, expected=columns[said.label])
    for words, column in _IN_WORDS.items():
        if words in told.fields and column in columns:
            shown = told.fields[words].shown
            yield _misread(told.line, column, text=shown, expected=columns[column])


def _missing(person: Person) -> Iterator[Misread]:
    for name in CONTACT:
        if not person.value(name):
            shown = person.fields[name].shown if name in person.fields else ""
            yield _misread(person.line, name, text=shown, expected=_EXPECTED[name])


def _unnamed(understanding: Understanding) -> Iterable[Misread]:
    for aside in understanding.asides:
        if understanding.header_line and aside.line > understanding.header_line:
            yield _misread(aside.line, "row", text=aside.text, expected="a person's name")


def _misread(line: int, column: str, *, text: str, expected: str) -> Misread:
    return Misread(sheet="", line=line, column=column, text=text, expected=expected)

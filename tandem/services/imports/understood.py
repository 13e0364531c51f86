"""What was understood of a list: values beside what stood there, and what is still asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = str | int | bool | list[str] | dict[str, str] | None
"""A value in the terms of a profile or a company, as JSON can hold it."""
Key: TypeAlias = tuple[str, str]
"""What a question is about: a kind of value, and what stood there, normalised."""
Answers: TypeAlias = Mapping[Key, Value]
"""What a text means as a kind of value; None: it names no such value and stays a note."""

LONGEST_NOTE = 4_000


class Sure(Enum):
    """How sure a reading is."""

    EXACT = "exact"
    READ = "read"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """One value: what it is taken for, what stood there, and how sure that is.

    ``asks`` are the questions whose answers would make it complete.
    """

    value: Value
    shown: str
    sure: Sure
    asks: tuple[Key, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """A cell as it stood, with the header of its column."""

    label: str
    text: str

    def __str__(self) -> str:
        """Return both, as a note has them."""
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True, kw_only=True)
class Person:
    """A mentee, or a mentor of a company, as a list tells of them.

    Attributes
    ----------
    line : where the person stands in the sheet
    fields : what was understood, by the name of the profile's field; of the account's
        ``first_name``, ``last_name`` and ``email``; and ``phone`` and ``talked_on``
    left_over : what no field holds, for a note of the staff
    loosely_read : cells that were read but say more than the value taken from them
    remarks : codes of what a person should look at: ``several_people``, ``contradicts``,
        ``company_from_above``, ``sector_differs``, ``only_women_but_a_man``
    twice_of : line of an earlier person who seems to be the same
    twice_because : ``same_mail`` or ``similar_name``
    """

    line: int
    fields: Mapping[str, Understood]
    left_over: tuple[Said, ...] = ()
    loosely_read: tuple[Said, ...] = ()
    remarks: tuple[str, ...] = ()
    twice_of: int | None = None
    twice_because: str = ""

    def value(self, name: str) -> Value:
        """Return what a field was taken for, None where nothing is known."""
        understood = self.fields.get(name)
        return None if understood is None else understood.value

    def notes(self) -> list[str]:
        """Return what a staff note must keep so that nothing is lost."""
        return _noted([*self.left_over, *self.loosely_read])


@dataclass(frozen=True, kw_only=True)
class Company:
    """A company as a list tells of it, with its mentors.

    ``fields`` go by the names of the company's fields; ``left_over`` and ``loosely_read`` are as
    a person's.
    """

    line: int
    fields: Mapping[str, Understood]
    mentors: tuple[Person, ...]
    left_over: tuple[Said, ...] = ()
    loosely_read: tuple[Said, ...] = ()

    def value(self, name: str) -> Value:
        """Return what a field was taken for, None where nothing is known."""
        understood = self.fields.get(name)
        return None if understood is None else understood.value

    def notes(self) -> list[str]:
        """Return what a staff note must keep so that nothing is lost."""
        return _noted([*self.left_over, *self.loosely_read])


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a kind of value means, asked once for all rows.

    Attributes
    ----------
    field : what kind of value it is
    text : what stood there, normalised; with ``field`` the key of the answer
    examples : how it is written in the list
    lines : where it stands, the first few
    count : in how many cells
    offered : what it could mean, the likeliest first where that is known; beside them, any
        other code of the field, and None for "no such value"
    """

    field: str
    text: str
    examples: tuple[str, ...]
    lines: tuple[int, ...]
    count: int
    offered: tuple[Value, ...]

    @property
    def key(self) -> Key:
        """What an answer goes by."""
        return self.field, self.text


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Something in the sheet that is no person: a title, a note between rows, a sum below."""

    sheet: str
    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its header, and what it is taken to hold.

    ``certainty`` lies in [0, 1]; ``is_sensitive`` tells that it holds what Tandem should not
    know, and had better be left out.
    """

    index: int
    label: str
    role: str
    certainty: float
    is_sensitive: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OtherSheet:
    """A sheet that was not read; it may be named to be read instead."""

    name: str
    rows: int
    is_hidden: bool


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """A whole list as it was understood; ``people`` are mentees, or none beside companies.

    ``header_line`` is None where the list has no header.
    """

    sheet: str
    header_line: int | None
    columns: tuple[Column, ...]
    people: tuple[Person, ...] = ()
    companies: tuple[Company, ...] = ()
    questions: tuple[Question, ...] = ()
    asides: tuple[Aside, ...] = ()
    other_sheets: tuple[OtherSheet, ...] = ()


def _noted(said: Sequence[Said]) -> list[str]:
    """Return lines of what was said, in notes none of which is too long."""
    notes = [""]
    for piece in _pieces(dict.fromkeys(map(str, said))):
        joined = f"{notes[-1]}\n{piece}".lstrip("\n")
        if len(joined) <= LONGEST_NOTE:
            notes[-1] = joined
        else:
            notes.append(piece)
    return [note for note in notes if note]


def _pieces(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        for start in range(0, len(line), LONGEST_NOTE):
            yield line[start : start + LONGEST_NOTE]

"""From the sheets of a file to people: the whole way of a coordinator's list."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tandem.models import ImportKind
from tandem.services.imports.asking import Asking
from tandem.services.imports.choices import accepts
from tandem.services.imports.columns import guess_columns
from tandem.services.imports.companies import Companies
from tandem.services.imports.doubles import mark_doubles
from tandem.services.imports.finding import (
    Line,
    Table,
    aside,
    choose_sheet,
    find_table,
    looks_like,
    repeats,
)
from tandem.services.imports.people import RowReader, mentee
from tandem.services.imports.reading import contacts, languages
from tandem.services.imports.reading.names import looks_like_a_name
from tandem.services.imports.reading.outcome import Reader
from tandem.services.imports.reading.places import Places
from tandem.services.imports.roles import COMPANY_ROLES, LANGUAGE_ROLE, NAMING_ROLES, ROLES
from tandem.services.imports.understood import (
    Answers,
    Aside,
    Column,
    Company,
    OtherSheet,
    Person,
    Said,
    Understanding,
)
from tandem.services.tables import Sheet
from tandem.taxonomy import is_language

Progress = Callable[[int, int], object]
"""Receives how many rows are read, of how many."""

_SUM = re.compile(r"(?:summe|gesamt|insgesamt|total|anzahl)\b", re.IGNORECASE)
_ROWS_PER_REPORT = 100
_FEW = 2


class NoList(Exception):
    """No sheet of the file holds anything."""


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What the coordinator knows better: ``columns`` are roles by index."""

    sheet: str | None = None
    header_line: int | None = None
    columns: Mapping[int, str] | None = None


_NONE = Corrections()


def guess_kind(sheets: Sequence[Sheet]) -> ImportKind:
    """Return the kind of list that the file looks like."""
    return max(ImportKind, key=lambda kind: looks_like(sheets, kind))


def survey(
    sheets: Sequence[Sheet], kind: ImportKind, *, corrections: Corrections = _NONE
) -> Understanding:
    """Return where the list is and what its columns hold, before anything is read.

    Raises
    ------
    NoList
        If all sheets are empty.
    """
    table, columns = _survey(sheets, kind, corrections)
    return _frame(table, columns, sheets)


def _survey(
    sheets: Sequence[Sheet], kind: ImportKind, corrections: Corrections
) -> tuple[Table, tuple[Column, ...]]:
    named = [sheet for sheet in sheets if sheet.name == corrections.sheet and sheet.rows]
    sheet = named[0] if named else choose_sheet(sheets, kind)
    if sheet is None:
        raise NoList
    table = find_table(sheet, kind, header_line=corrections.header_line)
    values = [table.column(index) for index in range(len(table.labels))]
    return table, guess_columns(table.labels, values, kind, corrections=corrections.columns or {})


def _frame(table: Table, columns: tuple[Column, ...], sheets: Sequence[Sheet]) -> Understanding:
    others = [sheet for sheet in sheets if sheet.rows and sheet.name != table.sheet]
    return Understanding(
        sheet=table.sheet,
        header_line=table.header_line,
        columns=columns,
        asides=table.asides,
        other_sheets=tuple(
            OtherSheet(name=sheet.name, rows=len(sheet.rows), is_hidden=sheet.hidden)
            for sheet in others
        ),
    )


def understand(
    sheets: Sequence[Sheet],
    kind: ImportKind,
    *,
    answers: Answers | None = None,
    corrections: Corrections = _NONE,
    progress: Progress | None = None,
) -> Understanding:
    """Read a list as far as it can be read.

    Parameters
    ----------
    answers : what texts mean that were asked about before; what cannot be is asked again
    corrections : where the list is, and what its columns hold, if that is known better

    Raises
    ------
    NoList
        If all sheets are empty.
    """
    table, columns = _survey(sheets, kind, corrections)
    fitting = {key: value for key, value in (answers or {}).items() if accepts(key[0], value)}
    asking = Asking(fitting)
    reading = _Reading(kind, table, columns, asking=asking)
    for done, line in enumerate(table.lines):
        if progress and done % _ROWS_PER_REPORT == 0:
            progress(done, len(table.lines))
        reading.take(line)
    if progress:
        progress(len(table.lines), len(table.lines))
    frame = _frame(table, columns, sheets)
    return replace(reading.result(frame), questions=asking.questions())


class _Reading:
    """Reads the lines of one table."""

    def __init__(
        self,
        kind: ImportKind,
        table: Table,
        columns: tuple[Column, ...],
        *,
        asking: Asking,
    ) -> None:
        self._kind = kind
        self._table = table
        self._columns = columns
        self._by_role: dict[str, list[int]] = {}
        for column in columns:
            self._by_role.setdefault(column.role, []).append(column.index)
        at = self._indices("place")
        self._places = Places(" ".join(line.texts[index] for index in at) for line in table.lines)
        self._rows = RowReader(columns, self._reader, asking)
        self._people: list[Person] = []
        self._companies = Companies()
        self._asides: list[Aside] = []

    def _indices(self, *roles: str) -> list[int]:
        return [index for role in roles for index in self._by_role.get(role, ())]

    def _reader(self, column: Column) -> Reader:
        if column.role == "place":
            return self._places.read
        unstated = self._kind.value
        if column.role in {"languages", "native_languages"}:
            is_native = column.role == "native_languages"
            return languages.reader_of(unstated=unstated, is_native=is_native)
        only = column.role.removeprefix(LANGUAGE_ROLE)
        if only != column.role and is_language(only):
            return languages.reader_of(only=only, unstated=unstated)
        reader = ROLES[self._kind][column.role].reader
        assert reader is not None  # noqa: S101 - the other roles are those above
        return reader

    def take(self, line: Line) -> None:
        """Read one line: a person, somebody's second line, or something beside the list."""
        if not line.filled:
            return
        if repeats(line, self._table.labels) or _SUM.match(line.filled[0]):
            self._asides.append(aside(self._table.sheet, line))
        elif self._names_somebody(line):
            self._take_person(line)
        elif self._people and self._continues(line):
            self._people[-1] = _with_more(self._people[-1], line, self._columns)
        else:
            self._asides.append(aside(self._table.sheet, line))

    def _names_somebody(self, line: Line) -> bool:
        naming = self._indices(*NAMING_ROLES, "company")
        named = [line.texts[index] for index in naming if looks_like_a_name(line.texts[index])]
        mails = [index for index in self._indices("email") if contacts.has_mail(line.texts[index])]
        is_title = len(line.filled) == 1 and len(line.texts) > _FEW and bool(line.texts[0])
        return bool(mails) or (bool(named) and (not is_title or "," in named[0]))

    def _continues(self, line: Line) -> bool:
        """Tell whether the cell that names somebody is merged with the one above."""
        return any(line.lent[index] for index in self._indices(*NAMING_ROLES))

    def _take_person(self, line: Line) -> None:
        if self._kind is ImportKind.MENTEES:
            gathered = mentee(self._rows.read(self._with_lent(line), lambda _: True))
            self._people.append(gathered.as_person(line.number))
        else:
            company = self._rows.read(line, COMPANY_ROLES.__contains__)
            mentor = self._rows.read(self._with_lent(line), lambda role: role not in COMPANY_ROLES)
            self._companies.add(line, company, mentor)

    def _with_lent(self, line: Line) -> Line:
        """Fill cells that are merged with one above, except what names somebody."""
        own = set(self._indices(*NAMING_ROLES, "email", "note"))
        texts = tuple(
            text or (lent if at not in own else "")
            for at, (text, lent) in enumerate(zip(line.texts, line.lent, strict=True))
        )
        return replace(line, texts=texts)

    def result(self, frame: Understanding) -> Understanding:
        """Return all that was read."""
        return replace(
            frame,
            people=mark_doubles(self._people),
            companies=_marked(tuple(self._companies.all())),
            asides=(*frame.asides, *self._asides),
        )


def _with_more(person: Person, line: Line, columns: Sequence[Column]) -> Person:
    more = (
        Said(label=column.label, text=line.texts[column.index])
        for column in columns
        if line.texts[column.index]
    )
    return replace(person, left_over=(*person.left_over, *more))


def _marked(companies: Sequence[Company]) -> tuple[Company, ...]:
    """Mark mentors who stand in the list twice, whatever their companies."""
    mentors = sorted((one for each in companies for one in each.mentors), key=lambda one: one.line)
    marked = {one.line: one for one in mark_doubles(mentors)}
    return tuple(
        replace(each, mentors=tuple(marked[one.line] for one in each.mentors)) for each in companies
    )

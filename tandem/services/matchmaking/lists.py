"""Lists of mentors and mentees, read from files as the engine wants them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from matching import Mentee, Mentor
from tandem.services.matchmaking.cells import Form, Unfit, clean_cell
from tandem.services.matchmaking.columns import MENTEE_COLUMNS, MENTOR_COLUMNS, REQUIRED
from tandem.services.matchmaking.problems import Problem, quote
from tandem.services.tables import Row, Sheet, Unreadable, read_path, to_text

MAX_COLUMNS = 100


def read_mentors(path: Path, problems: list[Problem]) -> list[Mentor]:
    """Return the mentors of a file; all that is wrong with it is added to ``problems``."""
    return [Mentor(**values) for values in _read_people(path, problems, columns=MENTOR_COLUMNS)]


def read_mentees(path: Path, problems: list[Problem]) -> list[Mentee]:
    """Return the mentees of a file; all that is wrong with it is added to ``problems``."""
    return [Mentee(**values) for values in _read_people(path, problems, columns=MENTEE_COLUMNS)]


@dataclass(frozen=True)
class _List:
    """A file being read: where its problems go and what its columns may hold."""

    source: str
    columns: Mapping[str, Form]
    problems: list[Problem]

    def on(self, sheet: str) -> "_List":
        """Return the same list with the sheet named where a problem is."""
        return replace(self, source=f"{self.source}:{sheet}") if sheet else self

    def note(self, line: int, column: str, problem: str, *, expected: str) -> None:
        self.problems.append(
            Problem(
                source=self.source, line=line, column=column, problem=problem, expected=expected
            )
        )


def _choose_sheet(people: _List, sheets: list[Sheet]) -> tuple[_List, tuple[Row, ...]]:
    """Return the rows of the one sheet that lists people, and where their problems go."""
    filled = [sheet for sheet in sheets if sheet.rows]
    fitting = [sheet for sheet in filled if set(REQUIRED) <= set(_names(sheet.rows[0]))]
    if len(fitting) > 1:
        listed = ", ".join(quote(sheet.name) for sheet in fitting)
        problem = f"lists people on several sheets ({listed})"
        people.note(1, "file", problem, expected="one sheet with an id and languages")
        return people, ()
    chosen = (fitting or filled or [Sheet(rows=())])[0]
    return people.on(chosen.name if len(sheets) > 1 else ""), chosen.rows


def _names(header: Row) -> list[str]:
    return [to_text(cell).strip().lower() for cell in header.cells]


def _read_people(
    path: Path, problems: list[Problem], *, columns: Mapping[str, Form]
) -> list[dict[str, Any]]:
    """Return the values of every person, none at all if anything in the file is wrong."""
    before = len(problems)
    people = _List(str(path), columns, problems)
    try:
        people, rows = _choose_sheet(people, read_path(path, known=columns))
    except Unreadable as error:
        people = people.on(error.sheet)
        people.note(error.line, "file", error.problem, expected=error.expected)
        return []
    if not rows and len(problems) == before:
        people.note(1, "file", "is empty", expected="a header and at least one person")
    if not rows:
        return []
    header, *rest = rows
    names = _read_header(people, header)
    if not any(names):
        return []
    found = [_read_person(people, row, names) for row in rest]
    _check_ids(people, rest, found)
    if not rest:
        people.note(header.line, "id", "there are no people", expected="at least one row")
    return found if len(problems) == before else []


def _read_header(people: _List, header: Row) -> list[str]:
    """Return the names of the columns, empty for those that are not to be read."""
    names = _names(header)
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        people.note(header.line, "file", "has too many columns", expected=f"at most {MAX_COLUMNS}")
        return []
    known = f"one of {', '.join(people.columns)}"
    counts = Counter(names)
    for name, count in counts.items():
        if name not in people.columns:
            problem = "column is unknown" if name else "column has no name"
            people.note(header.line, _shown(name), problem, expected=known)
        elif count > 1:
            people.note(header.line, name, "column is doubled", expected="each column once")
    for name in REQUIRED:
        if name not in counts:
            people.note(
                header.line, name, "column is missing", expected=f"at least {', '.join(REQUIRED)}"
            )
    return [name if counts[name] == 1 and name in people.columns else "" for name in names]


def _shown(name: str) -> str:
    return name if name.isidentifier() else quote(name)


def _read_person(people: _List, row: Row, names: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if names and _has_other_width(row, len(names)):
        people.note(
            row.line, "row", f"has {len(row.cells)} cells", expected=f"{len(names)} as the header"
        )
        return values
    for name, cell in zip(names, row.cells, strict=False):
        if not name:
            continue
        form = people.columns[name]
        try:
            text = clean_cell(to_text(cell))
            if text or name == "id":
                values[name] = form.read(text)
        except Unfit as error:
            people.note(row.line, name, str(error), expected=form.expected)
    return values


def _has_other_width(row: Row, width: int) -> bool:
    return len(row.cells) < width or any(to_text(cell).strip() for cell in row.cells[width:])


def _check_ids(people: _List, rows: list[Row], found: list[dict[str, Any]]) -> None:
    first: dict[str, int] = {}
    for row, values in zip(rows, found, strict=True):
        label = values.get("id")
        if label is None:
            continue
        if label in first:
            problem = f"{quote(label)} is doubled (first in line {first[label]})"
            people.note(row.line, "id", problem, expected="an id of its own")
        first.setdefault(label, row.line)

"""What a file of rows holds, whatever its format."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | None
"""What a cell holds; None where it is empty. Of a CSV file all is text."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a file that is not blank: its number from 1, and its cells."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Cells merged into one; the first of them holds the content. All counted from 1."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table of a file; ``name`` is empty where a file is one table."""

    name: str = ""
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False


def to_text(cell: Cell) -> str:
    """Return what a cell says as text: numbers without needless zeros, dates in ISO form."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            day = cell.date().isoformat()
            return day if cell.time() == time() else f"{day} {cell.time():%H:%M:%S}"
        case date() | time():
            return cell.isoformat()
    return str(cell)

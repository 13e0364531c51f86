"""CSV files as people's programs write them, split into cells with their line numbers."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tandem.services.matchmaking.problems import Problem

MAX_BYTES = 64 * 2**20
MAX_ROWS = 200_000
DELIMITERS = ",;\t"

_EXPECTED_FILE = "a CSV file in UTF-8, UTF-16 or Windows-1252"
_EXPECTED_CSV = "a CSV file (in a spreadsheet: save as CSV UTF-8)"
_WORKBOOK_START = b"PK\x03\x04"
_OLD_WORKBOOK_START = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a file that is not blank: its number and its cells as they stand there."""

    line: int
    cells: tuple[str, ...]


class Unreadable(Exception):
    """The file cannot be read; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_rows(path: Path, known: Collection[str]) -> list[Row]:
    """Return the rows of a file, the header first.

    ``known`` are the names of columns by which the delimiter is recognised.

    Raises
    ------
    Unreadable
        If it is no CSV file, or too large.
    """
    source = str(path)
    text = _decode(source, _read_bytes(path))
    return list(_split(source, text, _find_delimiter(text, known)))


def _unreadable(source: str, problem: str, expected: str, *, line: int = 1) -> Unreadable:
    return Unreadable(
        Problem(source=source, line=line, column="file", problem=problem, expected=expected)
    )


def _read_bytes(path: Path) -> bytes:
    source = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _unreadable(source, f"cannot be read ({reason})", _EXPECTED_FILE) from error
    if len(data) > MAX_BYTES:
        raise _unreadable(source, "is too large", f"at most {MAX_BYTES // 2**20} MiB")
    workbook = data.startswith((_WORKBOOK_START, _OLD_WORKBOOK_START))
    if workbook or path.suffix.lower() in {".xlsx", ".xls", ".ods"}:
        raise _unreadable(source, "is a workbook, which cannot be read yet", _EXPECTED_CSV)
    return data


def _decode(source: str, data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(source, "is not text", _EXPECTED_FILE)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if len(data) > 1 and data[1] == 0 != data[0]:
        return ("utf-16-le",)
    if len(data) > 1 and data[0] == 0 != data[1]:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _find_delimiter(text: str, known: Collection[str]) -> str:
    """Return the delimiter by which the first line that has several parts names most columns."""
    first = next((line for line in io.StringIO(text) if line.strip() and not _is_hint(line)), "")

    def columns_named(delimiter: str) -> tuple[int, int]:
        parts = [part.strip(' \t\r\n"').lower() for part in first.split(delimiter)]
        return sum(part in known for part in parts), len(parts)

    return max(DELIMITERS, key=columns_named)


def _is_hint(line: str) -> bool:
    """Tell whether the line is ``sep=;``, by which a spreadsheet notes the delimiter."""
    return line.strip("\r\n").lower() in {f"sep={delimiter}" for delimiter in DELIMITERS}


def _split(source: str, text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = 0
    line = 1
    try:
        for cells in reader:
            hint = line == 1 and _is_hint(delimiter.join(cells))
            if not hint and any(cell and not cell.isspace() for cell in cells):
                rows += 1
                if rows > MAX_ROWS + 1:
                    raise _unreadable(source, "has too many rows", f"at most {MAX_ROWS}", line=line)
                yield Row(line=line, cells=tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        expected = "quotes around whole cells, doubled inside"
        raise _unreadable(source, f"is not CSV ({error})", expected, line=line) from error

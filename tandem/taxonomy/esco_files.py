"""The occupations of an official ESCO download, read whole or refused with all that is wrong."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tandem.errors import DomainError
from tandem.taxonomy.languages import is_language
from tandem.taxonomy.names import read_table
from tandem.taxonomy.words import fold
from tandem.text import Unclean, clean_line

_FILES = "occupations_*.csv"
_LARGEST_BYTES = 100 * 1024 * 1024
_LONGEST_LABEL = 300
_UNIT_DIGITS = 4
_TYPE, _GROUP, _PREFERRED, _OTHERS = "conceptType", "iscoGroup", "preferredLabel", "altLabels"
_COLUMNS = (_TYPE, _GROUP, _PREFERRED, _OTHERS)
_OCCUPATION = "Occupation"
_ALIKE_LETTERS = 4

Labels = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, kw_only=True)
class Misread:
    """One thing that is wrong; ``line`` counts from 1, 0 where it is not about a line."""

    path: Path
    line: int = 0
    column: str = "file"
    problem: str
    expected: str


class EscoRefused(DomainError):
    """The files cannot be used; ``problems`` is all that is wrong with them."""

    def __init__(self, problems: tuple[Misread, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def read_esco(folder: Path) -> Labels:
    """Return the labels of all occupations in ``folder`` by (unit group, language).

    Read are ``occupations_<language>.csv`` with preferred and alternative labels; other files
    are left alone. A label that names two genders with a slash becomes two.

    Raises
    ------
    EscoRefused
        If there is no such file, or anything is wrong in any of them.
    """
    reader = _Reader()
    files = sorted(folder.glob(_FILES))
    for path in files:
        reader.read(path)
    if not files:
        expected = "occupations_de.csv, for example"
        reader.note(_Place(folder), "has no file with occupations", expected=expected)
    if reader.problems:
        raise EscoRefused(tuple(reader.problems))
    return {key: list(labels) for key, labels in reader.labels.items()}


@dataclass(frozen=True)
class _Place:
    path: Path
    line: int = 0


class _Reader:
    """Gathers labels and problems from file to file."""

    def __init__(self) -> None:
        self.problems: list[Misread] = []
        self.labels: dict[tuple[str, str], dict[str, None]] = {}

    def note(self, place: _Place, problem: str, *, expected: str, column: str = "file") -> None:
        """Note one thing that is wrong."""
        self.problems.append(
            Misread(
                path=place.path, line=place.line, column=column, problem=problem, expected=expected
            )
        )

    def read(self, path: Path) -> None:
        """Take in one file."""
        language = path.stem.partition("_")[2]
        if not is_language(language):
            expected = "occupations_<ISO 639 code>.csv"
            self.note(_Place(path), "is named after no language", expected=expected)
            return
        text = self._text(path)
        if text is None:
            return
        try:
            self._table(path, text, language)
        except csv.Error as error:
            expected = "commas, and quotes around cells with breaks"
            self.note(_Place(path), f"is no CSV ({error})", expected=expected)

    def _text(self, path: Path) -> str | None:
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                expected = f"at most {_LARGEST_BYTES // 1024 // 1024} MB"
                self.note(_Place(path), "is too large", expected=expected)
                return None
            data = path.read_bytes()
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            self.note(_Place(path), problem, expected="a readable file")
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problem = f"byte {data[error.start]:#04x} is no UTF-8"
            self.note(_Place(path, line), problem, expected="UTF-8")
            return None

    def _table(self, path: Path, text: str, language: str) -> None:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(rows, [])
        missing = [column for column in _COLUMNS if column not in header]
        for column in missing:
            expected = "a column of this name"
            self.note(_Place(path, 1), "is missing", expected=expected, column=column)
        if missing:
            return
        line = rows.line_num + 1
        for cells in rows:
            if cells:
                self._row(_Place(path, line), dict(zip(header, cells, strict=False)), language)
            line = rows.line_num + 1

    def _row(self, place: _Place, row: dict[str, str], language: str) -> None:
        missing = [column for column in _COLUMNS if column not in row]
        for column in missing:
            expected = "as many cells as in the first line"
            self.note(place, "is missing", expected=expected, column=column)
        if missing:
            return
        group = row[_GROUP].strip()
        if row[_TYPE].strip() != _OCCUPATION:
            problem = f"{_shown(row[_TYPE])} is no occupation"
            self.note(place, problem, expected=_OCCUPATION, column=_TYPE)
        if len(group) != _UNIT_DIGITS or group not in read_table("occupations"):
            expected = "the four digits of a unit group of ISCO-08"
            problem = f"{_shown(group)} is no unit group"
            self.note(place, problem, expected=expected, column=_GROUP)
        if not row[_PREFERRED].strip():
            self.note(place, "is empty", expected="a label", column=_PREFERRED)
        known = self.labels.setdefault((group, language), {})
        for column in (_PREFERRED, _OTHERS):
            known.update(dict.fromkeys(self._labels(place, column, row[column])))

    def _labels(self, place: _Place, column: str, cell: str) -> Iterator[str]:
        for text in cell.splitlines():
            try:
                label = clean_line(text)
            except Unclean as unclean:
                problem = f"{_shown(text)} has a {unclean}"
                self.note(place, problem, expected="letters", column=column)
                continue
            if len(label) > _LONGEST_LABEL:
                expected = f"at most {_LONGEST_LABEL} characters"
                self.note(place, "has a label too long", expected=expected, column=column)
            elif label:
                yield from _genders(label)


def _genders(label: str) -> list[str]:
    """Return the two labels of ``Weber/Weberin``, or the label alone."""
    halves = label.split("/")
    one, *others = (fold(half).replace(" ", "")[:_ALIKE_LETTERS] for half in halves)
    if len(one) == _ALIKE_LETTERS and others == [one]:
        return [half.strip() for half in halves]
    return [label]


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")

"""Where in a file the list is: its sheet, its header, its rows, and what stands around them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tandem.models import ImportKind
from tandem.services.imports.asking import normalise
from tandem.services.imports.columns import LEAST_CERTAINTY, best_header_score
from tandem.services.imports.roles import NAMING_ROLES, ROLES
from tandem.services.imports.understood import Aside
from tandem.services.tables import Cell, Row, Sheet, to_text
from tandem.text import Unclean, clean

_ROWS_LOOKED_AT = 40
_LEAST_HEADERS = 2
_HIDDEN_COUNTS = 0.5
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of texts: its number, its cells, and which of them merged cells above lend it."""

    number: int
    texts: tuple[str, ...]
    lent: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [text for text in self.texts if text]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list as it lies in a sheet."""

    sheet: str
    header_line: int | None
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    asides: tuple[Aside, ...]

    def column(self, index: int) -> list[str]:
        """Return the texts of a column that are not empty."""
        return [line.texts[index] for line in self.lines if line.texts[index]]


def plain(cell: Cell) -> str:
    """Return what a cell says, control characters taken for blanks; only line ends stay."""
    text = to_text(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    try:
        text = clean(text)
    except Unclean:
        text = clean(_CONTROL.sub(" ", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def choose_sheet(sheets: Sequence[Sheet], kind: ImportKind) -> Sheet | None:
    """Return the sheet that most looks like such a list, None if all are empty."""
    filled = [sheet for sheet in sheets if sheet.rows]
    return max(filled, key=lambda sheet: _fitness(sheet, kind), default=None)


def _fitness(sheet: Sheet, kind: ImportKind) -> tuple[float, int]:
    score, _ = _find_header(sheet, kind)
    return score * (_HIDDEN_COUNTS if sheet.hidden else 1), len(sheet.rows)


def looks_like(sheets: Sequence[Sheet], kind: ImportKind) -> float:
    """Return how much the best sheet looks like a list of this kind; only to be compared."""
    return max((_fitness(sheet, kind)[0] for sheet in sheets), default=0.0)


def find_table(sheet: Sheet, kind: ImportKind, *, header_line: int | None = None) -> Table:
    """Return the list in a sheet.

    The header is the row whose cells read most like headers of such a list; without any, all
    rows are taken for people, and the columns have no labels.
    """
    if header_line is None:
        _, header_line = _find_header(sheet, kind)
    width = max((len(row.cells) for row in sheet.rows), default=0)
    lines = _lend([_line(row, width) for row in sheet.rows], sheet)
    labels = next((line.texts for line in lines if line.number == header_line), ("",) * width)
    above = [line for line in lines if header_line and line.number < header_line and line.filled]
    below = [line for line in lines if not header_line or line.number > header_line]
    return Table(
        sheet=sheet.name,
        header_line=header_line,
        labels=labels,
        lines=tuple(below),
        asides=tuple(aside(sheet.name, line) for line in above),
    )


def aside(sheet: str, line: Line) -> Aside:
    """Return a line that tells of nobody."""
    return Aside(sheet=sheet, line=line.number, text=" | ".join(line.filled))


def _line(row: Row, width: int) -> Line:
    texts = tuple(plain(cell) for cell in row.cells) + ("",) * (width - len(row.cells))
    return Line(number=row.line, texts=texts, lent=("",) * width)


def _find_header(sheet: Sheet, kind: ImportKind) -> tuple[float, int | None]:
    """Return how much like headers the cells of the best row read, and its number."""
    best: tuple[float, int | None] = (0.0, None)
    for row in islice(sheet.rows, _ROWS_LOOKED_AT):
        texts = {plain(cell) for cell in row.cells if isinstance(cell, str)}
        scores = [best_header_score(text, kind) for text in texts if text]
        certain = [score for score in scores if score >= LEAST_CERTAINTY]
        enough = len(certain) >= min(_LEAST_HEADERS, len(scores)) or _names(texts)
        if enough and sum(certain) > best[0]:
            best = sum(certain), row.line
    return best


def _names(texts: Collection[str]) -> bool:
    """Tell whether a cell can only be the header of the names."""
    known = {header for role in NAMING_ROLES for header in ROLES[ImportKind.MENTEES][role].headers}
    return any(normalise(text) in known for text in texts)


def _lend(lines: Sequence[Line], sheet: Sheet) -> list[Line]:
    """Give cells that are merged with one above what that one holds."""
    lent: dict[tuple[int, int], str] = {}
    by_number: Mapping[int, Line] = {line.number: line for line in lines}
    for merged in sheet.merged:
        first = by_number.get(merged.first_line)
        column = merged.first_column - 1
        if first and column < len(first.texts) and merged.first_column == merged.last_column:
            for number in range(merged.first_line + 1, merged.last_line + 1):
                lent[number, column] = first.texts[column]
    if not lent:
        return list(lines)
    return [
        Line(
            number=line.number,
            texts=line.texts,
            lent=tuple(lent.get((line.number, at), "") for at in range(len(line.texts))),
        )
        for line in lines
    ]


def repeats(line: Line, labels: Sequence[str]) -> bool:
    """Tell whether a line is the header once more."""
    return [normalise(text) for text in line.texts] == [normalise(label) for label in labels]

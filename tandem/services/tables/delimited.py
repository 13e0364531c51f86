"""CSV files as people's programs write them, split into cells with their line numbers."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice

from tandem.services.tables.formulas import from_inert
from tandem.services.tables.limits import Limits
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Row

DELIMITERS = ",;\t"
_LOOKED_AT = 100


def split_csv(data: bytes, limits: Limits, *, known: Collection[str] = ()) -> tuple[Row, ...]:
    """Return the rows of a file that are not blank.

    The delimiter is the one by which the first line names most of the ``known`` columns,
    else the one that splits most lines alike.

    Raises
    ------
    Unreadable
        If it is no CSV file, or holds too much.
    """
    text = _decode(data)
    if len(text) > limits.characters:
        raise Unreadable("too_much_text", limit=limits.characters)
    return tuple(_split(text, _find_delimiter(text, known), limits))


def _decode(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_text")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if len(data) > 1 and data[1] == 0 != data[0]:
        return ("utf-16-le",)
    if len(data) > 1 and data[0] == 0 != data[1]:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _find_delimiter(text: str, known: Collection[str]) -> str:
    lines = [line for line in islice(io.StringIO(text), _LOOKED_AT) if line.strip()]
    lines = [line for line in lines if not _is_hint(line)]

    def fitness(delimiter: str) -> tuple[int, int, int]:
        first = [part.strip(' \t\r\n"').lower() for part in (*lines, "")[0].split(delimiter)]
        named = sum(part in known for part in first)
        if named:
            return named, len(first), 0
        widths = Counter(line.count(delimiter) for line in lines)
        width, lines_alike = max(widths.items(), key=lambda item: (item[0] > 0, item[1], item[0]))
        return 0, lines_alike if width else 0, width

    return max(DELIMITERS, key=fitness) if lines else DELIMITERS[0]


def _is_hint(line: str) -> bool:
    """Tell whether the line is ``sep=;``, by which a spreadsheet notes the delimiter."""
    return line.strip("\r\n").lower() in {f"sep={delimiter}" for delimiter in DELIMITERS}


def _split(text: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = 0
    line = 1
    try:
        for cells in reader:
            hint = line == 1 and _is_hint(delimiter.join(cells))
            if not hint and any(cell and not cell.isspace() for cell in cells):
                rows += 1
                if rows > limits.rows + 1:
                    raise Unreadable("too_many_rows", limit=limits.rows, line=line)
                yield Row(line=line, cells=tuple(map(from_inert, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("not_csv", detail=str(error), line=line) from error

"""One way to write rows into a file: text that cannot break it or calculate (TRUST D4)."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from tandem.services.tables.formulas import is_guarded, to_inert
from tandem.services.tables.rows import Cell, to_text

MOST_CHARACTERS = 32_767
"""How much a cell of a workbook may hold; longer text is cut, and ends in an ellipsis."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_LIKE_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_TAKEN_FOR_MORE = tuple("=+-@#\t")
_LOOSE_NAME = re.compile(r"[\\/*?:\[\]]")
_LONGEST_NAME = 31

Rows = Iterable[Sequence[Cell]]


def write_csv(file: BinaryIO, rows: Rows, *, delimiter: str = ";", mark: bool = True) -> None:
    """Write rows as CSV in UTF-8, by default as a German spreadsheet opens it by a click.

    Parameters
    ----------
    delimiter : between cells; beside ``;`` numbers are written with a decimal point
    mark : whether the file begins with a byte order mark, by which UTF-8 is recognised
    """
    text = io.TextIOWrapper(file, "utf-8-sig" if mark else "utf-8", newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n" if mark else "\n")
    for row in rows:
        writer.writerow([_csv_cell(cell, decimal_comma=delimiter == ";") for cell in row])
    text.flush()
    text.detach()


def write_xlsx(file: BinaryIO, sheets: Mapping[str, Rows]) -> None:
    """Write a workbook: rows by the name of their sheet, row after row.

    Dates and numbers stay what they are. Text is text whatever it begins with.
    """
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(_LOOSE_NAME.sub(" ", _writable(name))[:_LONGEST_NAME])
        for row in rows:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    workbook.save(file)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def _csv_cell(cell: Cell, *, decimal_comma: bool) -> str:
    text = _writable(to_text(cell))
    if isinstance(cell, str):
        return to_inert(text)
    return text.replace(".", ",") if decimal_comma and isinstance(cell, float) else text


def _xlsx_cell(sheet: WriteOnlyWorksheet, cell: Cell) -> object:
    if not isinstance(cell, str):
        return cell
    text = _LIKE_ESCAPES.sub("_x005F_", _writable(cell))
    if is_guarded(text):
        text = f"'{text}"
    if len(text) > MOST_CHARACTERS:
        text = f"{text[: MOST_CHARACTERS - 1]}…"
    if not text.startswith(_TAKEN_FOR_MORE):
        return text
    written = WriteOnlyCell(sheet, value=text)
    written.data_type = "s"
    written.quotePrefix = True
    return written

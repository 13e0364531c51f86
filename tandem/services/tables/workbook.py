"""The rows of a workbook's sheets, read with openpyxl; to be called in a process of its own."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import repeat, zip_longest
from typing import Any

from openpyxl import load_workbook

from tandem.services.tables.archive import Scanned, scan_workbook
from tandem.services.tables.damage import refusing_damage
from tandem.services.tables.formulas import from_inert
from tandem.services.tables.limits import Limits
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Cell, Merged, Row

_LONGEST_TEXT = 32_767
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,12}")


class SheetRows:
    """A sheet whose rows can be walked through once."""

    def __init__(self, sheet: Any, formulas: Any, scanned: Scanned) -> None:
        self.name: str = sheet.title
        self.hidden: bool = sheet.sheet_state != "visible"
        self.merged: tuple[Merged, ...] = tuple(scanned.merged)
        self._sheet = sheet
        self._formulas = formulas

    def __iter__(self) -> Iterator[Row]:
        written = self._formulas.rows if self._formulas else repeat(())
        with refusing_damage(self.name):
            for line, (cells, texts) in enumerate(zip(self._sheet.rows, written), start=1):  # noqa: B905 - one may go on forever
                read = [_read(cell, text) for cell, text in zip_longest(cells, texts)]
                while read and read[-1] is None:
                    read.pop()
                if read:
                    yield Row(line=line, cells=tuple(read))


def open_sheets(data: bytes, limits: Limits) -> list[SheetRows]:
    """Return the sheets of a workbook, after a look at what they would cost.

    Raises
    ------
    Unreadable
        If it is no workbook, a damaged one, or holds too much.
    """
    scans = scan_workbook(data, limits)
    warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out
    with refusing_damage():
        values = _load(data, data_only=True)
        any_formulas = any(scan.has_formulas for scan in scans.values())
        formulas = _load(data, data_only=False) if any_formulas else None
    if not values.worksheets:
        raise Unreadable("damaged", detail="no sheet is there")
    sheets = []
    for sheet in values.worksheets:
        part = _part_of(sheet)
        if part not in scans:
            raise Unreadable("damaged", sheet=sheet.title)
        written = formulas[sheet.title] if formulas and scans[part].has_formulas else None
        for each in (sheet, written):
            if each is not None:
                each.reset_dimensions()  # what a sheet declares is not to be believed
        sheets.append(SheetRows(sheet, written, scans[part]))
    return sheets


def _load(data: bytes, *, data_only: bool) -> Any:
    return load_workbook(
        io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False, rich_text=False
    )


def _part_of(sheet: Any) -> str:
    path: str = sheet._worksheet_path  # noqa: SLF001 - nothing public tells the part of a sheet
    return path.removeprefix("/")


def _read(cell: Any, written: Any) -> Cell:
    """Return what a cell holds; of a formula that nobody has calculated, the formula."""
    value = cell.value
    if value is None:
        text = written.value if written is not None else None
        return text if isinstance(text, str) else None
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _with_zeros(value, cell.number_format)
    if isinstance(value, bool | float | datetime | date | time):
        return value
    return str(value)


def _plain(text: str) -> str | None:
    if len(text) > _LONGEST_TEXT:
        raise Unreadable("too_much_text", limit=_LONGEST_TEXT)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return from_inert(text) if text and not text.isspace() else None


def _with_zeros(number: int, number_format: str) -> int | str:
    """Return a number as shown where its format fills it with zeros, as for postal codes."""
    if number >= 0 and _ZEROS.fullmatch(number_format or ""):
        return str(number).zfill(len(number_format))
    return number

"""Why a file cannot be read."""

from tandem.errors import DomainError

_ANY = "a CSV file or an .xlsx workbook"
_SAVED = "an .xlsx workbook (in a spreadsheet: save as .xlsx)"
_MESSAGES = {
    "not_opened": ("cannot be read ({detail})", _ANY),
    "too_large": ("is too large", "at most {limit} MiB"),
    "not_text": ("is not text", "a CSV file in UTF-8, UTF-16 or Windows-1252"),
    "not_csv": ("is not CSV ({detail})", "quotes around whole cells, doubled inside"),
    "not_a_workbook": ("is no workbook", _ANY),
    "old_workbook": ("is a workbook of the old kind (.xls)", _SAVED),
    "other_workbook": ("is a workbook of another kind", _SAVED),
    "locked": ("is protected by a password", "a workbook without one"),
    "macros": ("holds macros", "a workbook without macros (save as .xlsx)"),
    "damaged": ("is damaged", "a workbook that a spreadsheet opens"),
    "doctype": ("declares a document type", "a workbook as a spreadsheet writes it"),
    "too_many_parts": ("has too many parts", "at most {limit}"),
    "too_large_unpacked": ("is too large unpacked", "at most {limit} MiB"),
    "too_many_rows": ("has too many rows", "at most {limit}"),
    "too_many_columns": ("has too many columns", "at most {limit}"),
    "too_many_cells": ("has too many cells", "at most {limit}"),
    "too_much_text": ("has too much text", "at most {limit} characters"),
    "too_costly": ("takes too long or too much memory to read", "a simpler workbook"),
}
CODES = frozenset(_MESSAGES)


class Unreadable(DomainError):
    """A file is refused as a whole.

    Attributes
    ----------
    code : one of ``CODES``
    sheet, line : where, as far as that is known; the first line is 1
    limit : what would have been allowed
    detail : what else is known, in English
    """

    def __init__(
        self, code: str, *, sheet: str = "", line: int = 1, limit: int = 0, detail: str = ""
    ) -> None:
        self.code = code
        self.sheet = sheet
        self.line = line
        self.limit = limit
        self.detail = detail
        super().__init__(f"{self.problem}, expected {self.expected}")

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.sheet, self.line, self.limit, self.detail)

    @property
    def problem(self) -> str:
        """What is wrong, in English."""
        return _MESSAGES[self.code][0].format(detail=self.detail)

    @property
    def expected(self) -> str:
        """What would have been right, in English."""
        return _MESSAGES[self.code][1].format(limit=self.limit)


def _again(*said: object) -> Unreadable:
    code, sheet, line, limit, detail = said
    return Unreadable(
        str(code), sheet=str(sheet), line=int(str(line)), limit=int(str(limit)), detail=str(detail)
    )

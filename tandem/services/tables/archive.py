"""A look into a workbook before it is read: is it one, and what would it cost (TRUST D3)."""

import io
import re
import struct
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from tandem.services.tables.damage import refusing_damage
from tandem.services.tables.limits import MIB, Limits
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Merged

ZIP_START = b"PK\x03\x04"
_OLD_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_ZIP = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_LONGEST_COMMENT = 65_535
_BYTES_PER_PART = 512
_CONTENT_TYPES = "[Content_Types].xml"
_MOST_LINES = 1_048_576
_MOST_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CHUNK_BYTES = 2**18


@dataclass
class Scanned:
    """What a sheet holds: merged cells, and whether anything in it is calculated."""

    merged: list[Merged] = field(default_factory=list)
    has_formulas: bool = False


def refuse_old(data: bytes) -> None:
    """Refuse the container of old workbooks, and of those locked by a password.

    Raises
    ------
    Unreadable
        If the file is one of these.
    """
    if data.startswith(_OLD_START):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("locked" if locked else "old_workbook")


def scan_workbook(data: bytes, limits: Limits) -> dict[str, Scanned]:
    """Return what the sheets of a workbook hold, by the name of their part.

    Raises
    ------
    Unreadable
        If it is no workbook, or one that nobody's spreadsheet has written so.
    """
    _check_directory(data, limits)
    with refusing_damage(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_parts(archive, limits)
        _check_kind(archive)
        return _scan_parts(archive, limits)


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse a directory of parts that alone would fill the memory."""
    at = data.rfind(_END_SIGN, max(0, len(data) - _LONGEST_COMMENT - _END_OF_ZIP.size))
    if at < 0 or len(data) < at + _END_OF_ZIP.size:
        raise Unreadable("damaged")
    *_, parts, directory_bytes, _, _ = _END_OF_ZIP.unpack_from(data, at)
    if parts > limits.parts or directory_bytes > limits.parts * _BYTES_PER_PART:
        raise Unreadable("too_many_parts", limit=limits.parts)


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise Unreadable("too_many_parts", limit=limits.parts)
    if len({part.filename for part in parts}) < len(parts):
        raise Unreadable("damaged", detail="a part is there twice")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("locked")
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise Unreadable("too_large_unpacked", limit=limits.unpacked_bytes // MIB)


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if "mimetype" in names or any(name.endswith("workbook.bin") for name in names):
        raise Unreadable("other_workbook")
    if _CONTENT_TYPES not in archive.namelist():
        raise Unreadable("not_a_workbook")
    types = archive.read(_CONTENT_TYPES)
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise Unreadable("macros")
    if b"spreadsheetml.sheet.main" not in types:
        raise Unreadable("not_a_workbook")


def _scan_parts(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Scanned]:
    scans: dict[str, Scanned] = {}
    budget = limits.cells
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            scan = _PartScan(name, limits, budget=budget)
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    scan.parser.Parse(chunk, False)  # noqa: FBT003 - expat has no keyword
            scan.parser.Parse(b"", True)  # noqa: FBT003 - expat has no keyword
            budget = scan.budget
            if scan.found is not None:
                scans[name] = scan.found
    return scans


class _PartScan:
    """Walks through the elements of one part and refuses what costs too much."""

    def __init__(self, name: str, limits: Limits, *, budget: int) -> None:
        self._name = name
        self._limits = limits
        self._line = self._column = 0
        self.budget = budget
        self.found: Scanned | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start

    def _refuse_doctype(self, *_: object) -> None:
        raise Unreadable("doctype", detail=self._name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if element == "worksheet":
            self.found = Scanned()
        if self.found is None:
            return
        if element in {"v", "is"}:
            self._count()
        elif element == "c":
            self._move(attributes.get("r", ""))
        elif element == "row":
            self._line = _number(attributes.get("r", ""), self._line + 1)
            self._column = 0
            self._check(_MOST_LINES, _MOST_COLUMNS)
        elif element == "f":
            self.found.has_formulas = True
            self._check(self._limits.rows, self._limits.columns)
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _move(self, reference: str) -> None:
        if reference:
            self._line, self._column = _point(reference)
        else:
            self._column += 1
        self._check(_MOST_LINES, _MOST_COLUMNS)

    def _count(self) -> None:
        self._check(self._limits.rows, self._limits.columns)
        self.budget -= 1
        if self.budget < 0:
            raise Unreadable("too_many_cells", limit=self._limits.cells)

    def _check(self, most_lines: int, most_columns: int) -> None:
        if self._line > most_lines:
            raise Unreadable("too_many_rows", limit=self._limits.rows, line=self._line)
        if self._column > most_columns:
            raise Unreadable("too_many_columns", limit=self._limits.columns, line=self._line)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        first_line, first_column = _point(first)
        last_line, last_column = _point(last or first)
        if self.found is not None:
            self.found.merged.append(
                Merged(
                    first_line=first_line,
                    last_line=last_line,
                    first_column=first_column,
                    last_column=last_column,
                )
            )


def _number(text: str, other: int) -> int:
    if not text:
        return other
    if not text.isascii() or not text.isdigit() or len(text) > len(str(_MOST_LINES)):
        raise Unreadable("damaged", detail="a row has no number")
    return int(text)


def _point(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Unreadable("damaged", detail="a cell has no place")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column

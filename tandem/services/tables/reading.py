"""One way to read a file of rows: by what it is, not by what it is called."""

from collections.abc import Collection
from pathlib import Path, PurePath

from tandem.services.tables.apart import read_workbook
from tandem.services.tables.archive import ZIP_START, refuse_old
from tandem.services.tables.delimited import split_csv
from tandem.services.tables.limits import FOR_COMMANDS, FOR_PAGES, MIB, Limits
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Sheet

_WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


def read_tables(
    data: bytes, *, name: str = "", limits: Limits = FOR_PAGES, known: Collection[str] = ()
) -> list[Sheet]:
    """Return the tables of a file: the sheets of a workbook, or the one table of a CSV file.

    Parameters
    ----------
    name : what the file is called; only says what is expected of one that is neither
    known : names of columns by which the delimiter of a CSV file is recognised

    Raises
    ------
    Unreadable
        If it is neither, damaged, hostile, or larger than ``limits`` allow.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("too_large", limit=limits.file_bytes // MIB)
    refuse_old(data)
    if data.startswith(ZIP_START):
        return read_workbook(data, limits)
    if PurePath(name).suffix.lower() in _WORKBOOK_ENDINGS:
        raise Unreadable("not_a_workbook")
    return [Sheet(rows=split_csv(data, limits, known=known))]


def read_path(
    path: Path, *, limits: Limits = FOR_COMMANDS, known: Collection[str] = ()
) -> list[Sheet]:
    """Return the tables of the file at ``path``, as :func:`read_tables`.

    Raises
    ------
    Unreadable
        If it cannot be opened, or as :func:`read_tables`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unreadable("not_opened", detail=reason or str(error)) from error
    return read_tables(data, name=path.name, limits=limits, known=known)

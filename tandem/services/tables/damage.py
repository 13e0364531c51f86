"""What the libraries raise where a workbook does not keep to its format."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from tandem.services.tables.refusals import Unreadable

_DAMAGE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    ExpatError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


@contextmanager
def refusing_damage(sheet: str = "") -> Iterator[None]:
    """Refuse the workbook where reading it in this block fails.

    Raises
    ------
    Unreadable
        In place of what the libraries raise.
    """
    try:
        yield
    except _DAMAGE as error:
        raise Unreadable("damaged", sheet=sheet, detail=str(error)) from error

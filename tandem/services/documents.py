"""Documents: tagged PDFs that are read aloud in the right order, in any of our scripts.

A document is a typst template in ``templates/documents`` and plain data. What people wrote
goes in as data, so that it is never taken for markup.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

_PACKAGE: Final = Path(__file__).parents[1]
_FOLDERS: Final = (
    _PACKAGE / "templates" / "documents",
    _PACKAGE.parent / "templates" / "documents",
)
_FONTS: Final = [
    _PACKAGE / "static" / "vendor" / family
    for family in ("fira-sans", "noto-sans-arabic", "noto-sans-ethiopic")
]
_RIGHT_TO_LEFT: Final = {"ar", "fa"}
_LATIN: Final = "[A-Za-z\u00c0-\u024f]"
_LONG: Final = re.compile(f"{_LATIN}{{24}}(?={_LATIN}{{3}})")
_ACCESSIBLE: Final = "ua-1"


def render(name: str, data: Mapping[str, Any], *, locale: str, made_at: datetime) -> bytes:
    """Return the document ``name`` as a PDF; the same input gives the same bytes.

    Parameters
    ----------
    name : str
        Of the template, without its ending.
    data : mapping
        Plain values, sentences included; it has a ``title``.
    locale : str
        Language of the reader, such as ``fa_AF``.
    made_at : datetime
        What the file says about when it was made.

    Notes
    -----
    The file holds to PDF/UA-1. Where a text has letters for which we have no font, that
    norm cannot be kept: the file is tagged all the same and shows a box for each.
    """
    language = locale.partition("_")[0]
    told = {**data, "language": language, "rtl": language in _RIGHT_TO_LEFT}
    folder = next(folder for folder in _FOLDERS if folder.is_dir())
    arguments: dict[str, Any] = {
        "root": str(folder),
        "sys_inputs": {"data": json.dumps(told, sort_keys=True)},
        "font_paths": [str(path) for path in _FONTS],
        "ignore_system_fonts": True,
        "timestamp": int(made_at.timestamp()),
        "format": "pdf",
    }
    source = str(folder / f"{name}.typ")
    try:
        made = typst.compile(source, pdf_standards=_ACCESSIBLE, **arguments)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        made = typst.compile(source, **arguments)
    return bytes(made)


def isolate(text: str) -> str:
    """Return what somebody wrote so that it runs in its own direction, whatever stands around it.

    Latin words that are too long for a column may be parted; others join their letters.
    """
    parted = _LONG.sub(lambda word: word[0] + "\N{SOFT HYPHEN}", text)
    return f"\N{FIRST STRONG ISOLATE}{parted}\N{POP DIRECTIONAL ISOLATE}" if text else ""

"""Text that a spreadsheet must not take for a formula, and back (TRUST D4)."""

import re

_LIVE = re.compile(r"'*[=+\-@\t\r]")
_INERT = re.compile(r"''*[=+\-@\t\r]")


def to_inert(text: str) -> str:
    """Return ``text`` with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if _LIVE.match(text) else text


def from_inert(text: str) -> str:
    """Return the text that :func:`to_inert` was given."""
    return text[1:] if _INERT.match(text) else text


def is_guarded(text: str) -> bool:
    """Tell whether ``text`` looks like what :func:`to_inert` returns."""
    return _INERT.match(text) is not None

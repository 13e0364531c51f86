"""Forms that a cell of a list can have: how it is read and what is expected of it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from tandem.services.matchmaking.problems import quote
from tandem.taxonomy import CEFR, is_language, locate
from tandem.text import Unclean, clean

MAX_CELL_CHARACTERS = 10_000
MAX_ID_CHARACTERS = 100
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_INTEGER = re.compile(r"[0-9]{1,9}")


class Unfit(ValueError):
    """The cell does not have the form; the message says what is wrong with it."""


def clean_cell(cell: str) -> str:
    """Return the text of a cell, cleaned (TRUST D1).

    Raises
    ------
    Unfit
        If it has control characters, line ends among them, or too many characters.
    """
    if len(cell) > MAX_CELL_CHARACTERS:
        raise Unfit(f"has more than {MAX_CELL_CHARACTERS} characters")
    try:
        text = cell.strip() if cell.isascii() and cell.isprintable() else clean(cell)
    except Unclean as error:
        raise Unfit(f"has a {error}") from error
    if "\n" in text or "\t" in text:
        raise Unfit("has a line end or a tab")
    return text


@dataclass(frozen=True)
class Form:
    """What a cell may hold: ``read`` returns its value or raises :class:`Unfit`."""

    read: Callable[[str], Any]
    expected: str


def code(known: Collection[str] | Callable[[str], bool], expected: str) -> Form:
    """Return the form of one code."""
    is_known = known if callable(known) else frozenset(known).__contains__

    def read(text: str) -> str:
        if not is_known(text):
            raise Unfit(f"{quote(text)} is unknown")
        return text

    return Form(read, expected)


def one_of(known: Collection[str]) -> Form:
    """Return the form of one code of a short list, which the message names."""
    return code(known, f"one of {', '.join(known)}")


def read_id(text: str) -> str:
    """Return an id as it is.

    Raises
    ------
    Unfit
        If it is too long, or holds a colon, a bar, a blank or something invisible.
    """
    if not text:
        raise Unfit("id is missing")
    if len(text) > MAX_ID_CHARACTERS:
        raise Unfit(f"{quote(text)} is longer than {MAX_ID_CHARACTERS} characters")
    if not text.isprintable() or any(sign in ":|" or sign.isspace() for sign in text):
        raise Unfit(f"{quote(text)} is not an id")
    return text


ID = Form(read_id, "an id without ':', '|' or blank")


def several(form: Form, *, into: Callable[[list[Any]], Any] = tuple) -> Form:
    """Return the form of a list separated by bars, each entry once."""

    def read(text: str) -> Any:
        entries = [form.read(entry) for entry in split(text)]
        if len(set(entries)) < len(entries):
            doubled, _ = Counter(entries).most_common(1)[0]
            raise Unfit(f"{quote(str(doubled))} is doubled")
        return into(entries)

    return Form(read, f"{form.expected}, or several separated by '|'")


def split(text: str) -> list[str]:
    """Return the entries of a list separated by bars.

    Raises
    ------
    Unfit
        If an entry is empty.
    """
    entries = [entry.strip() for entry in text.split("|")]
    if not all(entries):
        raise Unfit(f"{quote(text)} has an empty entry")
    return entries


def tagged(forms: dict[str, Form]) -> Form:
    """Return the form ``kind:value``, where the kind decides on the form of the value."""

    def read(text: str) -> str:
        kind, colon, value = text.partition(":")
        if not colon or kind not in forms:
            raise Unfit(f"{quote(text)} is unknown")
        return f"{kind}:{forms[kind].read(value)}"

    kinds = " or ".join(f"'{kind}:' and {form.expected}" for kind, form in forms.items())
    return Form(read, kinds)


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise Unfit(f"{quote(text)} is not a number")
    return float(text.replace(",", "."))


def number(*, high: int) -> Form:
    """Return the form of a finite number from 0 to ``high``; a decimal comma is allowed."""
    return Form(lambda text: _within(_read_number(text), high), f"a number from 0 to {high}")


def integer(*, high: int, low: int = 0) -> Form:
    """Return the form of a whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not _INTEGER.fullmatch(text):
            raise Unfit(f"{quote(text)} is not a whole number")
        return int(_within(int(text), high, low=low))

    return Form(read, f"a whole number from {low} to {high}")


def _within(value: float, high: int, *, low: int = 0) -> float:
    if not low <= value <= high or not math.isfinite(value):
        raise Unfit(f"{value:g} is out of range")
    return value


def _read_languages(text: str) -> dict[str, str]:
    levels: dict[str, str] = {}
    for entry in split(text):
        language, _, level = entry.partition(":")
        if not is_language(language):
            raise Unfit(f"{quote(entry)} has no known language")
        if level not in CEFR:
            raise Unfit(f"{quote(entry)} has no known level")
        if language in levels:
            raise Unfit(f"{quote(language)} is doubled")
        levels[language] = level
    return levels


LANGUAGES = Form(
    _read_languages,
    "ISO 639 codes with CEFR levels A1 to C2, such as de:B2|ar:C1",
)


def _read_place(text: str) -> tuple[float, float]:
    place = locate(text)
    if place is None:
        raise Unfit(f"{quote(text)} is unknown")
    return place


PLACE = Form(_read_place, "a German postal code of five digits, leading zero included")


def _read_yes_no(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise Unfit(f"{quote(text)} is unknown")
    return text == "yes"


YES_NO = Form(_read_yes_no, "yes or no")

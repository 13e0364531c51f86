"""Tables of codes with their names in English and German, read once from package data."""

import csv
import importlib.resources
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

ENGLISH = "en"
LOCALES = (ENGLISH, "de")


@dataclass(frozen=True)
class Named:
    """A code and its name in one language."""

    code: str
    name: str


@dataclass(frozen=True)
class Group:
    """A code with its name, and the codes to choose from below it."""

    code: str
    name: str
    entries: tuple[Named, ...]


Table = Mapping[str, Mapping[str, str]]


@cache
def read_table(name: str) -> Table:
    """Return code -> locale -> name of the table ``data/<name>.tsv``, in its order."""
    return {row["code"]: {locale: row[locale] for locale in LOCALES} for row in read_rows(name)}


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of the table ``data/<name>.tsv`` by the names of its columns."""
    source = importlib.resources.files("tandem.taxonomy") / "data" / f"{name}.tsv"
    lines = source.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def table_locale(locale: str) -> str:
    """Return the language of the tables that serves ``locale``: its own, else English."""
    language = locale.replace("-", "_").partition("_")[0]
    return language if language in LOCALES else ENGLISH


def group_table(table: Table, group_of: Callable[[str], str | None], locale: str) -> list[Group]:
    """Return the groups of ``table``; ``group_of`` names a choosable code's group, else None."""
    language = table_locale(locale)
    entries: dict[str, list[Named]] = {}
    for code, names in table.items():
        group = group_of(code)
        if group is not None:
            entries.setdefault(group, []).append(Named(code, names[language]))
    return [Group(code, table[code][language], tuple(members)) for code, members in entries.items()]

"""Occupations: the groups of ISCO-08 at all four levels."""

from functools import lru_cache

from tandem.taxonomy import esco
from tandem.taxonomy.everyday import all_names, names_above
from tandem.taxonomy.found import Found, Wording, search
from tandem.taxonomy.index import Index
from tandem.taxonomy.names import Group, group_table, read_table, table_locale

MINOR_DIGITS = 3
UNIT_DIGITS = 4
SUB_MAJOR_DIGITS = 2
MOST_FOUND = 8


def is_occupation(code: str) -> bool:
    """Tell whether ``code`` is a group of ISCO-08, of one to four digits."""
    return code in read_table("occupations")


def occupation_name(code: str, locale: str) -> str:
    """Return the plain name of a group.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return read_table("occupations")[code][table_locale(locale)]


def occupations(locale: str, *, digits: int = MINOR_DIGITS) -> list[Group]:
    """Return groups of ``digits`` digits to choose from, under what they belong to.

    Minor groups (3 digits) stand under their major group; unit groups (4 digits) under
    their sub-major group, since there are 436 of them.
    """
    above = 1 if digits <= MINOR_DIGITS else 2
    return group_table(
        read_table("occupations"),
        lambda code: code[:above] if len(code) == digits else None,
        locale,
    )


def search_occupations(text: str, locale: str, *, most: int = MOST_FOUND) -> list[Found]:
    """Return the unit groups that fit what somebody typed, best first, at most ``most``.

    Searched are names of groups and everyday names in English and German, and those of ESCO in
    all languages that were imported, whatever the language of ``locale``; its own come first
    among equals. Nothing but signs or empty words finds nothing.
    """
    wording = Wording(
        name=lambda code: occupation_name(code, locale),
        above=lambda code: occupation_name(code[:SUB_MAJOR_DIGITS], locale),
    )
    return search(_index(esco.stamp()), text, locale, most=most, wording=wording)


@lru_cache(maxsize=1)
def _index(stamp: esco.Stamp | None) -> Index:
    """Return the index for one state of what was imported."""
    codes = [code for code in read_table("occupations") if len(code) == UNIT_DIGITS]
    own = [name for code in codes for name in all_names("occupations", code)]
    above = [
        name for code in codes for name in names_above("occupations", code, code[:MINOR_DIGITS])
    ]
    return Index([*own, *above, *(esco.read_names(stamp) if stamp else ())])

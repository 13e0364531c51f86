"""Sectors of the economy: sections and divisions of NACE 2.1, the same in WZ 2025."""

from functools import cache

from tandem.taxonomy.everyday import all_names, names_above
from tandem.taxonomy.found import Found, Wording, search
from tandem.taxonomy.index import Index
from tandem.taxonomy.names import Group, group_table, read_table, table_locale

MOST_FOUND = 8


def is_sector(code: str) -> bool:
    """Tell whether ``code`` is a section letter or a two-digit division."""
    return code in read_table("sectors")


def sector_name(code: str, locale: str) -> str:
    """Return the plain name of a section or division.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return read_table("sectors")[code][table_locale(locale)]


@cache
def _sections() -> dict[str, str]:
    sections: dict[str, str] = {}
    section = ""
    for code in read_table("sectors"):
        section = code if code.isalpha() else section
        sections[code] = section
    return sections


def section_of(code: str) -> str:
    """Return the section letter of a division, or the letter itself.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return _sections()[code]


def sectors(locale: str) -> list[Group]:
    """Return the sections, each with its divisions, for a select."""
    sections = _sections()
    return group_table(
        read_table("sectors"), lambda code: None if code.isalpha() else sections[code], locale
    )


def search_sectors(text: str, locale: str, *, most: int = MOST_FOUND) -> list[Found]:
    """Return the divisions that fit what somebody typed, best first, at most ``most``.

    Searched are names of divisions and sections and everyday words, in English and German.
    """
    wording = Wording(
        name=lambda code: sector_name(code, locale),
        above=lambda code: sector_name(section_of(code), locale),
    )
    return search(_index(), text, locale, most=most, wording=wording)


@cache
def _index() -> Index:
    divisions = [code for code in read_table("sectors") if not code.isalpha()]
    own = [name for code in divisions for name in all_names("sectors", code)]
    above = [name for code in divisions for name in names_above("sectors", code, section_of(code))]
    return Index([*own, *above])

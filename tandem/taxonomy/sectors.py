"""Sectors of the economy: sections and divisions of NACE 2.1, the same in WZ 2025."""

from functools import cache

from tandem.taxonomy.names import Group, group_table, read_table, table_locale


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

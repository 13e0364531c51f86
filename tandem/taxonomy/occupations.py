"""Occupations: the groups of ISCO-08 at all four levels."""

from tandem.taxonomy.names import Group, group_table, read_table, table_locale

MINOR_DIGITS = 3
UNIT_DIGITS = 4


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

"""Fields of education: ISCED-F 2013, broad, narrow and detailed."""

from tandem.taxonomy.names import Group, group_table, read_table, table_locale

BROAD_DIGITS = 2
DETAILED_DIGITS = 4
_UNSPECIFIC = ("0", "8", "9")


def is_field(code: str) -> bool:
    """Tell whether ``code`` is a field of two to four digits.

    ISCED-F closes each broad or narrow field with the digits 0 (not further defined),
    8 (inter-disciplinary) and 9 (not elsewhere classified); such codes are fields too.
    """
    return _named(code) is not None


def field_name(code: str, locale: str) -> str:
    """Return the name of a field; an unspecific code has that of the field above it.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    named = _named(code)
    if named is None:
        raise KeyError(code)
    return read_table("fields")[named][table_locale(locale)]


def _named(code: str) -> str | None:
    table = read_table("fields")
    if code in table:
        return code
    if not BROAD_DIGITS < len(code) <= DETAILED_DIGITS or not code.endswith(_UNSPECIFIC):
        return None
    return _named(code[:-1])


def fields(locale: str) -> list[Group]:
    """Return the broad fields, each with its detailed fields, for a select."""
    return group_table(
        read_table("fields"),
        lambda code: code[:BROAD_DIGITS] if len(code) == DETAILED_DIGITS else None,
        locale,
    )

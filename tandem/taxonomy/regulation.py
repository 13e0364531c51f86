"""Which occupations are regulated in Germany, and what for."""

from enum import Enum
from functools import cache

from tandem.taxonomy.names import read_rows, read_table

_UNIT_DIGITS = 4


class Regulation(Enum):
    """What nobody may do without the recognition of their qualification."""

    WORK = "work"
    """Work in the occupation at all."""
    TITLE = "title"
    """Use its title."""
    BUSINESS = "business"
    """Run a business of one's own in it; employees may work without."""
    PART = "part"
    """Do some of the work, depending on the Land, the place of work, or the task."""


def regulation_of(occupation: str) -> Regulation | None:
    """Return how an occupation is regulated; none: it is not, or not all of the group is alike."""
    table = _regulated()
    units = [
        code
        for code in read_table("occupations")
        if len(code) == _UNIT_DIGITS and code.startswith(occupation)
    ]
    kinds = {table.get(code) for code in units}
    return kinds.pop() if len(kinds) == 1 else None


@cache
def _regulated() -> dict[str, Regulation]:
    return {row["code"]: Regulation(row["kind"]) for row in read_rows("regulated")}

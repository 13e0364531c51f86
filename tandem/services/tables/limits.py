"""How much a file may hold before it is refused."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What reading a file may cost.

    Attributes
    ----------
    file_bytes : size of the file
    unpacked_bytes : declared size of all parts of a workbook together
    parts : how many parts a workbook may be packed from
    rows, columns : how far from the first cell a cell with content may stand
    cells : how many cells with content a file may have
    characters : how much text its cells may hold together
    memory_bytes : what the process that reads a workbook may take beyond its start
    seconds : how much time of a processor that process may take
    """

    file_bytes: int
    unpacked_bytes: int
    parts: int = 1_000
    rows: int
    columns: int = 256
    cells: int
    characters: int
    memory_bytes: int
    seconds: int


FOR_PAGES = Limits(
    file_bytes=10 * MIB,
    unpacked_bytes=100 * MIB,
    rows=20_000,
    cells=1_000_000,
    characters=20_000_000,
    memory_bytes=256 * MIB,
    seconds=45,
)
"""For files that come in by the web."""

FOR_COMMANDS = Limits(
    file_bytes=64 * MIB,
    unpacked_bytes=1024 * MIB,
    rows=200_000,
    cells=5_000_000,
    characters=200_000_000,
    memory_bytes=1024 * MIB,
    seconds=600,
)
"""For files that somebody at the machine names."""

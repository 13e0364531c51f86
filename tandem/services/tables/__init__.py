"""Lists as files: CSV and workbooks, safely read and written (TRUST D3, D4)."""

from tandem.services.tables.limits import FOR_COMMANDS, FOR_PAGES, Limits
from tandem.services.tables.reading import read_path, read_tables
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Cell, Merged, Row, Sheet, to_text
from tandem.services.tables.writing import write_csv, write_xlsx

__all__ = [
    "FOR_COMMANDS",
    "FOR_PAGES",
    "Cell",
    "Limits",
    "Merged",
    "Row",
    "Sheet",
    "Unreadable",
    "read_path",
    "read_tables",
    "to_text",
    "write_csv",
    "write_xlsx",
]

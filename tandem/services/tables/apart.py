"""Reading a workbook in a process of its own, with a limit of memory and time (TRUST D3)."""

import multiprocessing
import signal
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from tandem.services.tables.limits import Limits
from tandem.services.tables.refusals import Unreadable
from tandem.services.tables.rows import Cell, Row, Sheet
from tandem.services.tables.workbook import SheetRows, open_sheets

if sys.platform != "win32":
    import resource

_ROWS_AT_ONCE = 500
_PATIENCE = 4
"""How many times its seconds a child is waited for, since others use the processor too."""
_PAGE_COUNTS = Path("/proc/self/statm")


def read_workbook(data: bytes, limits: Limits) -> list[Sheet]:
    """Return the sheets of a workbook.

    Raises
    ------
    Unreadable
        If it is none, holds too much, or costs too much to read.
    """
    processes = multiprocessing.get_context("spawn")
    heard, told = processes.Pipe(duplex=False)
    child = processes.Process(target=_read_apart, args=(told, data, limits), daemon=True)
    child.start()
    told.close()
    try:
        return list(_collect(heard, deadline=time.monotonic() + _PATIENCE * limits.seconds))
    finally:
        heard.close()
        child.kill()
        child.join()


def _collect(heard: Connection, *, deadline: float) -> Iterator[Sheet]:
    rows: list[Row] = []
    while True:
        if not heard.poll(max(0.0, deadline - time.monotonic())):
            raise Unreadable("too_costly")
        try:
            kind, content = heard.recv()
        except EOFError as error:
            raise Unreadable("too_costly") from error
        if kind == "rows":
            rows.extend(Row(line=line, cells=cells) for line, cells in content)
        elif kind == "sheet":
            name, merged, hidden = content
            yield Sheet(name=name, rows=_of_one_width(rows), merged=merged, hidden=hidden)
            rows = []
        elif kind == "refused":
            raise content
        else:
            return


def _of_one_width(rows: list[Row]) -> tuple[Row, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    filled = ((row.line, row.cells + (None,) * (width - len(row.cells))) for row in rows)
    return tuple(Row(line=line, cells=cells) for line, cells in filled)


def _read_apart(told: Connection, data: bytes, limits: Limits) -> None:
    """Read in the child; whatever ends it without a word counts as too costly."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _restrict(limits)
    try:
        _tell_all(told, data, limits)
    except Unreadable as refused:
        told.send(("refused", refused))
    except MemoryError:
        told.send(("refused", Unreadable("too_costly")))
    else:
        told.send(("end", None))


def _tell_all(told: Connection, data: bytes, limits: Limits) -> None:
    characters = 0
    for sheet in open_sheets(data, limits):
        for rows in _in_portions(sheet):
            characters += sum(
                len(cell) for _, cells in rows for cell in cells if isinstance(cell, str)
            )
            if characters > limits.characters:
                raise Unreadable("too_much_text", limit=limits.characters)
            told.send(("rows", rows))
        told.send(("sheet", (sheet.name, sheet.merged, sheet.hidden)))


def _restrict(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    if sys.platform == "linux":
        pages = int(_PAGE_COUNTS.read_text().split()[0])
        most = pages * resource.getpagesize() + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _in_portions(sheet: SheetRows) -> Iterator[list[tuple[int, tuple[Cell, ...]]]]:
    portion: list[tuple[int, tuple[Cell, ...]]] = []
    for row in sheet:
        portion.append((row.line, row.cells))
        if len(portion) >= _ROWS_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion

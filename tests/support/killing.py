"""A process that is killed in the middle of its work, at a step that the test names."""

import multiprocessing
import os
import signal
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.db import harden

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tandem.services.intake", "tests.support.lists"])


def killed_before(
    url: str, statement: str, *, times: int, act: Callable[[Session], object]
) -> bool:
    """Let ``act`` work in a process of its own; say whether it was killed.

    SIGKILL comes before ``statement`` is sent for the ``times``-th time: the beginning of an SQL
    statement, or ``COMMIT``.
    """
    process = _PROCESSES.Process(target=_run, args=(url, statement, times, act))
    process.start()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _run(url: str, statement: str, times: int, act: Callable[[Session], object]) -> None:
    engine = sa.create_engine(url)
    harden(engine)
    sent = 0

    def count(sql: str) -> None:
        nonlocal sent
        sent += sql.startswith(statement)
        if sent == times:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "before_cursor_execute", lambda *sent: count(sent[2]))
    sa.event.listen(engine, "commit", lambda _: count("COMMIT"))
    with Session(engine) as session:
        act(session)

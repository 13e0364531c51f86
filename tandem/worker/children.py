"""Children of the worker: processes that compute while it keeps its claim and does other work.

They start from a server process that has the engine loaded already.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, Final

import structlog
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.services import intake
from tandem.services.matchmaking import insights, rounds
from tandem.work import Claim, LostClaim, Work, is_held, renew

_LISTEN_SECONDS: Final = 0.1
_processes: Final = multiprocessing.get_context("forkserver")
_log = structlog.get_logger()


def make_ready() -> None:
    """Start the process that children start from."""
    _processes.set_forkserver_preload([__name__])
    forkserver.ensure_running()


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A task for a child, under a claim that is kept up meanwhile.

    Attributes
    ----------
    task : plain values; ``kind`` says what is to be done
    lease : how long the claim holds from one renewal to the next
    give_back : what becomes of the work where the child dies
    between : what else is done while the child computes
    has_children : whether the child starts children of its own
    """

    task: dict[str, Any]
    lease: timedelta
    give_back: Callable[[Session, Claim[Any]], None]
    between: Callable[[], object]
    has_children: bool = False


def send(session: Session, work: Claim[Work], errand: Errand) -> Iterator[tuple[str, Any]]:
    """Have a child do it, and yield what it says, last what came of it; a word and its content.

    Raises
    ------
    LostClaim
        If somebody else holds the work by now, or it was cancelled.
    """
    renewal = time.monotonic()
    with _child(errand) as heard:
        while True:
            if heard.poll(_LISTEN_SECONDS):
                try:
                    message = heard.recv()
                except EOFError:
                    _log.warning("child died", kind=work.model.__name__, id=work.id)
                    errand.give_back(session, work)
                    return
                yield message
                if message[0] != "progress":
                    return
            if not is_held(session, work):
                raise LostClaim
            if time.monotonic() - renewal > errand.lease.total_seconds() / 3:
                renewal = time.monotonic()
                renew(session, work, now=now(), lease=errand.lease)
            errand.between()


@contextmanager
def _child(errand: Errand) -> Iterator[Connection]:
    """Start a child; only one that is no daemon may start children of its own."""
    heard, told = _processes.Pipe(duplex=False)
    child = _processes.Process(
        target=_compute, args=(told, errand.task), daemon=not errand.has_children
    )
    child.start()
    told.close()
    try:
        yield heard
    finally:
        heard.close()
        child.kill()
        child.join()


def _compute(told: Connection, task: dict[str, Any]) -> None:
    """Do a task in the child; whatever goes wrong is told, so that the round can say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def progress(step: str, done: int, total: int) -> None:
        told.send(("progress", (step, done, total)))

    try:
        result = _DO[task["kind"]](task, progress)
    except BrokenPipeError:
        return
    except rounds.NotSolved as error:
        told.send(("failed", str(error)))
        return
    told.send(("result", result))


_DO: Final[dict[str, Callable[[rounds.Task, rounds.Progress], dict[str, Any]]]] = {
    "solve": rounds.solve,
    "insights": insights.work_out,
    "list": intake.read,
}
"""What a child can do, by the kind of its task."""

"""The worker: looks for due work, does it, and can be killed at any moment."""

import signal
from types import FrameType

import sqlalchemy as sa
import structlog

from tandem.config import Settings
from tandem.db import harden
from tandem.worker.worker import Worker

__all__ = ["Worker", "run"]

_log = structlog.get_logger()


def run(settings: Settings) -> None:
    """Work on the database of ``settings`` until a signal says stop."""
    engine = sa.create_engine(settings.database_url)
    harden(engine)
    worker = Worker(settings, engine)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        worker.stop()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    _log.info("worker started")
    worker.run()
    engine.dispose()
    _log.info("worker stopped")

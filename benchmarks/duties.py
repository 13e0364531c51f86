"""How long the daily run of all reminders takes: ``python -m benchmarks.duties``.

Makes a throwaway database with programmes full of tandems in every stage of their life, has
everything become due at once, which no real day does, and lets one worker do it all in this
process. Prints wall and processor time. With ``--url`` it uses an empty database of yours,
such as one on PostgreSQL. Nothing here is a test.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks import stages
from tandem.clock import now
from tandem.db import harden
from tandem.migrations import upgrade
from tandem.models import Mail, Tandem
from tandem.services import duties

_LEASE = timedelta(seconds=15)


def main() -> None:
    """Measure and print."""
    asked = _parse()
    with _database(asked.url) as engine:
        with Session(engine) as session:
            stages.settle(session, tandems=asked.tandems, programmes=asked.programmes)
        wall, processor = time.perf_counter(), time.process_time()
        with Session(engine) as session:
            while duties.attend_next(session, lease=_LEASE):
                pass
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        with Session(engine) as session:
            _print(session, asked.tandems, wall=wall, processor=processor)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duties", description=__doc__)
    parser.add_argument("--tandems", type=int, default=10_000)
    parser.add_argument("--programmes", type=int, default=20)
    parser.add_argument("--url", help="an empty database; default: SQLite in a folder of its own")
    return parser.parse_args()


@contextmanager
def _database(url: str | None) -> Iterator[sa.Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(url or f"sqlite:///{Path(folder) / 'tandem.sqlite'}")
        harden(engine)
        upgrade(engine)
        try:
            yield engine
        finally:
            engine.dispose()


def _print(session: Session, tandems: int, *, wall: float, processor: float) -> None:
    left = session.scalar(sa.select(sa.func.count(Tandem.id)).where(Tandem.due_at <= now()))
    kinds = session.execute(
        sa.select(Mail.kind, sa.func.count(Mail.id)).group_by(Mail.kind).order_by(Mail.kind)
    ).all()
    print(f"{tandems} tandems: {wall:.1f} s, {processor:.1f} s of processor time, {left} left")
    print(", ".join(f"{kind} {number}" for kind, number in kinds))


if __name__ == "__main__":
    main()

"""A committed programme with people, for tests of workers, races and crashes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.models import Account, Programme, Role, Round
from tandem.models.accounts import Membership
from tandem.services import demo, rounds

ROOT = Path(__file__).parents[2]
PASSWORD = "a long demo password"
SECRET = "a secret key that only these tests know"


def settle(session: Session, *, mentors: int = 8, mentees: int = 10) -> Programme:
    """Make a demo programme of the given size."""
    return demo.make_sized(session, mentors=mentors, mentees=mentees, seed=1, password=PASSWORD)


def coordinators(session: Session, programme: Programme) -> list[Account]:
    """Return the programme's coordinators."""
    query = (
        sa.select(Account)
        .join(Membership)
        .where(Membership.programme_id == programme.id, Membership.role == Role.COORDINATOR)
        .order_by(Account.id)
    )
    return list(session.scalars(query))


def queue_round(session: Session, programme: Programme) -> Round:
    """Open a round and ask for it to be solved."""
    actor = coordinators(session, programme)[0]
    round_ = rounds.open_round(
        session, rounds.RoundDraft(name="Autumn"), programme=programme, actor=actor
    )
    rounds.request_solving(session, round_.key, programme=programme, actor=actor)
    return round_


@contextmanager
def worker(
    url: str, *, lease_seconds: float = 1.0, smtp_url: str = ""
) -> Iterator[subprocess.Popen]:
    """Run a worker of its own on a database; it is killed at the end."""
    environment = os.environ | {
        "TANDEM_DATABASE_URL": url,
        "TANDEM_SECRET_KEY": SECRET,
        "TANDEM_LEASE_SECONDS": str(lease_seconds),
        "TANDEM_INSTANCE": str(ROOT / "instance"),
        "TANDEM_SMTP_URL": smtp_url,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tandem", "worker"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()

"""Transactions: where changes become real. This is the only module that commits.

On SQLite a unit of work that writes begins with ``BEGIN IMMEDIATE``, one that only reads
with ``BEGIN``: a read that turns into a write fails at once when another writer came in
between, however long it would be ready to wait.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session

Row = TypeVar("Row", bound=DeclarativeBase)

_WRITES = "tandem_writes"
_BUSY_MS = 10_000
_PRAGMAS = (
    f"busy_timeout = {_BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant, stored in UTC; a value without a zone is refused."""

    impl = sa.DateTime(timezone=True)  # type: ignore[mutable-override]  # as its manual shows
    cache_ok = True  # type: ignore[mutable-override]  # as its manual shows

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Turn an instant into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Give the zone back that SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Make the block one unit of work.

    The outermost block commits; a block inside another joins it; any error undoes the
    whole. What was read before the block is forgotten and read again inside.
    """
    if session.info.get(_WRITES):
        yield
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside a transaction")
    session.rollback()
    session.info[_WRITES] = True
    try:
        session.connection(execution_options={_WRITES: True})
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_WRITES)


def lock(session: Session, model: type[Row], ids: Sequence[int]) -> Sequence[Row]:
    """Read rows anew and hold them until the transaction ends, always in order of their id."""
    key = sa.inspect(model).primary_key[0]
    query = (
        sa.select(model)
        .where(key.in_(ids))
        .order_by(key)
        .with_for_update(of=model)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def violates(error: IntegrityError, constraint: str) -> bool:
    """Whether ``constraint`` is what the database found broken.

    SQLite names the columns of a unique constraint, not the constraint itself; the naming
    convention of :class:`tandem.models.Base` gives its name back. A trigger's message is
    the name of the rule that it guards.
    """
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == constraint)
    kind, _, culprit = str(error.orig).partition(" constraint failed: ")
    if kind == "UNIQUE":
        table = culprit.partition(".")[0]
        columns = [column.partition(".")[2] for column in culprit.split(", ")]
        culprit = "_".join(["uq", table, *columns])
    return constraint in {culprit, kind}


def harden(engine: Engine) -> None:
    """Make the database keep its word: foreign keys, real savepoints, limits on waiting."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _strict_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _bounded_postgresql)


def _strict_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bounded_postgresql(raw: Any, _record: object) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'; SET statement_timeout = '30s'")
    raw.commit()

"""Empty, migrated databases of both kinds, made from a template."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from tandem.db import harden
from tandem.migrations import upgrade
from tests.support import postgres

BACKENDS = ("sqlite", "postgresql")


class Databases:
    """Makes databases in which nothing has happened yet."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._numbers = count(1)

    def fresh(self, backend: str) -> str:
        """Return the address of a migrated database that nobody else uses."""
        name = f"tandem_{next(self._numbers)}"
        if backend == "sqlite":
            return (
                f"sqlite:///{shutil.copy(self._sqlite_template, self._folder / f'{name}.sqlite')}"
            )
        self._execute(f"CREATE DATABASE {name} TEMPLATE tandem_template")
        return self._server.replace("/postgres?", f"/{name}?")

    def empty(self, backend: str) -> str:
        """Return the address of a database without any table."""
        name = f"empty_{next(self._numbers)}"
        if backend == "sqlite":
            return f"sqlite:///{self._folder / f'{name}.sqlite'}"
        self._execute(f"CREATE DATABASE {name}")
        return self._server.replace("/postgres?", f"/{name}?")

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.sqlite"
        with engine(f"sqlite:///{path}") as made:
            upgrade(made)
        return path

    @cached_property
    def _server(self) -> str:
        address = self._stack.enter_context(postgres.server())
        self._create(address, "tandem_template")
        with engine(address.replace("/postgres?", "/tandem_template?")) as made:
            upgrade(made)
        return address

    def _execute(self, statement: str) -> None:
        self._run(self._server, statement)

    def _create(self, address: str, name: str) -> None:
        self._run(address, f"CREATE DATABASE {name}")

    @staticmethod
    def _run(address: str, statement: str) -> None:
        made = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        with made.connect() as connection:
            connection.exec_driver_sql(statement)
        made.dispose()


@contextmanager
def engine(url: str) -> Iterator[sa.Engine]:
    """Open a database as Tandem does, and let go of it afterwards."""
    made = sa.create_engine(url)
    harden(made)
    try:
        yield made
    finally:
        made.dispose()

"""Rules that only a trigger can keep: lives of states, and rows that never change.

Each guard refuses with the name of its rule, on SQLite and PostgreSQL alike. Migrations
repeat the statements; a test compares what they build with what stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import event

State = TypeVar("State", bound=Enum)

REFUSE = """CREATE OR REPLACE FUNCTION tandem_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$"""


@dataclass(frozen=True)
class Guard:
    """Refuse what ``when`` describes before it happens to a row of ``table``."""

    rule: str
    table: str
    action: str
    when: str = "1 = 1"

    def sql(self, dialect: str) -> str:
        """Return the statement that makes this guard."""
        head = (
            f"CREATE TRIGGER {self.rule} BEFORE {self.action} ON {self.table} "
            f"FOR EACH ROW WHEN ({self.when}) "
        )
        if dialect == "sqlite":
            return f"{head}BEGIN SELECT RAISE(ABORT, '{self.rule}'); END"
        return f"{head}EXECUTE FUNCTION tandem_refuse('{self.rule}')"


GUARDS: list[Guard] = []
"""Every guard of the schema, in the order of the tables."""


def statement(sql: str, dialect: str) -> sa.ExecutableDDLElement:
    """Return ``sql`` as something that is executed on one kind of database only."""
    ddl: sa.DDL = sa.DDL(sql.replace("%", "%%"))  # type: ignore[no-untyped-call]  # untyped there
    return ddl.execute_if(dialect=dialect)


def keep(table: sa.FromClause, *guards: Guard) -> None:
    """Make the guards together with the table."""
    GUARDS.extend(guards)
    for guard in guards:
        for dialect in ("sqlite", "postgresql"):
            event.listen(table, "after_create", statement(guard.sql(dialect), dialect))


def life(table: str, moves: Mapping[State, set[State]], *, first: set[State]) -> tuple[Guard, ...]:
    """Return the guards that hold a table's ``state`` to its legal moves.

    Parameters
    ----------
    table : str
        Name of the table.
    moves : mapping of state to set of states
        Which states may follow each.
    first : set of states
        In which states a row may begin.
    """
    legal = " OR ".join(
        f"(OLD.state = '{before.value}' AND NEW.state IN ({_listed(after)}))"
        for before, after in moves.items()
        if after
    )
    return (
        Guard(f"ck_{table}_first_state", table, "INSERT", f"NEW.state NOT IN ({_listed(first)})"),
        Guard(
            f"ck_{table}_next_state",
            table,
            "UPDATE OF state",
            f"OLD.state <> NEW.state AND NOT ({legal})",
        ),
    )


def frozen(table: str, *columns: str) -> Guard:
    """Return the guard that lets no row be changed, or none of ``columns``."""
    action = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return Guard(f"ck_{table}_frozen", table, action)


def lasting(table: str) -> Guard:
    """Return the guard that lets no row be deleted."""
    return Guard(f"ck_{table}_lasting", table, "DELETE")


def _listed(states: set[State]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states, key=lambda state: state.value))

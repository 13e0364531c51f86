"""The migrations build exactly what the models describe, guards included, and can be undone."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tandem.migrations import config, upgrade_over
from tandem.models import GUARDS, Base
from tests.support.databases import engine

SCRIPTS = ScriptDirectory.from_config(config())
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": (
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        " ORDER BY tgname"
    ),
}
CHECKS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> :v ORDER BY 1",
    "postgresql": (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid::regclass::text <> :v AND contype <> 'n' ORDER BY 1, 2"
    ),
}


@pytest.fixture
def connection(databases, backend):
    with engine(databases.empty(backend)) as made, made.begin() as connection:
        yield connection


@pytest.fixture
def modelled(databases, backend):
    with engine(databases.empty(backend)) as made, made.begin() as connection:
        Base.metadata.create_all(connection)
        yield connection


def read(connection, queries, backend):
    query = sa.text(queries[backend])
    values = {"v": "alembic_version"} if ":v" in queries[backend] else {}
    return {
        tuple(" ".join(cell.split()) for cell in row) for row in connection.execute(query, values)
    }


def test_the_migrations_build_what_the_models_say(connection):
    upgrade_over(connection)
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, Base.metadata) == []


def test_the_guards_are_those_of_the_models(connection, modelled, backend):
    upgrade_over(connection)
    migrated = read(connection, TRIGGERS, backend)
    assert migrated == read(modelled, TRIGGERS, backend)
    assert {name for name, _ in migrated} == {guard.rule for guard in GUARDS}


def test_the_checks_are_those_of_the_models(connection, modelled, backend):
    upgrade_over(connection)
    if backend == "postgresql":
        assert read(connection, CHECKS, backend) == read(modelled, CHECKS, backend)
        return
    for table in Base.metadata.sorted_tables:
        found = sa.inspect(connection).get_check_constraints(table.name)
        wanted = sa.inspect(modelled).get_check_constraints(table.name)
        assert sorted(found, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_goes_up_down_and_up_again(connection, revision):
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
    command.downgrade(settings, "-1")
    command.upgrade(settings, revision)


def test_there_is_one_head():
    assert len(SCRIPTS.get_heads()) == 1

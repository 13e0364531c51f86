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


EARLIER = """
INSERT INTO programmes (id, slug, name, place_name, region, zone, default_locale, contact_name,
  contact_email, contact_phone, address, places, invitation_days, reminder_days, created_at)
VALUES (1, 'pp', 'P', 'P', 'P', 'UTC', 'de', 'C', 'c@p.example', '1', 'S', '{}', 7, 3, :at);
INSERT INTO accounts (id, key, email, first_name, last_name, password_hash, locale, created_at)
VALUES (1, 'a', 'a@p.example', 'A', 'B', 'x', 'de', :at);
INSERT INTO tokens (id, key, account_id, programme_id, purpose, expires_at, created_at)
VALUES (7, 't', 1, 1, 'confirm_email', :at, :at);
INSERT INTO mails (id, key, programme_id, kind, dedup_key, message_id, to_address, locale, subject,
  text, html, token_id, state, fence, attempts, created_at, problem)
VALUES (1, 'k', 1, 'confirm_email', 'd', 'm', 'a@p.example', 'de', 's', 't', 'h', 7, 'queued', 0, 0,
  :at, '');
INSERT INTO memberships (id, programme_id, account_id, role, created_at)
VALUES (1, 1, 1, 'mentor', :at);
INSERT INTO companies (id, programme_id, key, name, sector, postal_code, website, state,
  decision_reason, version, created_at)
VALUES (1, 1, 'c', 'C', '43', '25746', '', 'registered', '', 1, :at);
INSERT INTO mentors (id, programme_id, key, membership_id, company_id, capacity, created_at)
VALUES (1, 1, 'm', 1, 1, 1, :at)
"""


def test_rows_from_an_earlier_version_survive(connection):
    upgrade_over(connection, "0001")
    for statement in EARLIER.split(";\n"):
        connection.execute(sa.text(statement), {"at": "2026-11-22 00:00:00+00:00"})
    upgrade_over(connection)
    assert connection.scalar(sa.text("SELECT token_id FROM mails")) == 7
    assert connection.scalar(sa.text("SELECT is_contact FROM mentors")) in (1, True)
    assert connection.scalar(sa.text("SELECT phone FROM companies")) == ""


@pytest.mark.parametrize("revision", ["0005", "head"])
def test_no_id_is_given_twice(connection, revision):
    """The trail and the outbox name rows by their ids also when these are gone."""
    upgrade_over(connection, revision)
    first = add_account(connection)
    trail = (
        "INSERT INTO audit_events (action, subject_kind, subject_id, details, created_at)"
        " VALUES ('a', 'accounts', :first, '{}', '2026-11-23 00:00:00+00:00')"
    )
    connection.execute(sa.text(trail), {"first": first})
    connection.execute(sa.text("DELETE FROM accounts"))
    upgrade_over(connection)
    assert add_account(connection) > first


def add_account(connection):
    values = "'k', 'a@p.example', 'A', 'B', '', 'de', 0, '2026-11-23 00:00:00+00:00'"
    names = "key, email, first_name, last_name, password_hash, locale, warnings, created_at"
    return connection.scalar(
        sa.text(f"INSERT INTO accounts ({names}) VALUES ({values}) RETURNING id")
    )


def test_every_table_remembers_its_ids(connection, modelled, backend):
    """As PostgreSQL's do by themselves."""
    if backend == "postgresql":
        return
    upgrade_over(connection)
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    for where in (connection, modelled):
        assert {*where.exec_driver_sql(query).scalars()} == {*Base.metadata.tables}

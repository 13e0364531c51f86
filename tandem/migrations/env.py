"""Connect Alembic to the application's settings and tables."""

from alembic import context
from sqlalchemy import Connection, create_engine

from tandem.config import Settings
from tandem.db import harden
from tandem.models import Base


def run() -> None:
    """Migrate over the caller's connection, or over one of our own."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    engine = create_engine(Settings.from_env().database_url)
    harden(engine)
    with engine.begin() as own:
        migrate(own)


def migrate(connection: Connection) -> None:
    """Apply what is asked; SQLite changes a table by copying it."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    context.run_migrations()


run()

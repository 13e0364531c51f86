"""`tandem upgrade`: bring the database to the newest schema."""

import click

from tandem.cli.settings import open_engine, read_settings
from tandem.migrations import upgrade as migrate


@click.command()
def upgrade() -> None:
    """Bring the database to the newest schema; a new one is made."""
    with open_engine(read_settings()) as engine:
        migrate(engine)

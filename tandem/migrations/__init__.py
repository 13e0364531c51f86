"""The schema's history, and the way to bring a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine


def config() -> Config:
    """Return what Alembic needs to know, wherever the package is installed."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return settings


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to ``revision``, in one transaction."""
    with engine.begin() as connection:
        upgrade_over(connection, revision)


def upgrade_over(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind ``connection`` to ``revision``."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)

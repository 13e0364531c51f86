"""What commands that touch the service share: its settings and its database."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.config import BadSetting, Settings
from tandem.db import harden


def read_settings() -> Settings:
    """Return the settings, or end with a message that names the bad one."""
    try:
        return Settings.from_env()
    except BadSetting as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def open_engine(settings: Settings) -> Iterator[sa.Engine]:
    """Open the database, and let go of it afterwards."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sa.create_engine(settings.database_url)
    harden(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def open_session(settings: Settings) -> Iterator[Session]:
    """Open the database for one use case."""
    with open_engine(settings) as engine, Session(engine) as session:
        yield session

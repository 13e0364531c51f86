"""`tandem worker`: do due work until told to stop."""

import click

from tandem import worker as work
from tandem.cli.settings import read_settings


@click.command()
def worker() -> None:
    """Solve rounds, send mails and mind deadlines until told to stop."""
    work.run(read_settings())

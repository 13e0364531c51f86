"""How commands say that lists or options cannot be used."""

from typing import NoReturn

import click

from tandem.services.matchmaking.problems import InputRefused

REFUSED = 2
"""Exit status of a command that refused its input and did nothing."""


def end_with_problems(refused: InputRefused) -> NoReturn:
    """List every problem on standard error and end."""
    end_with(*map(str, refused.problems))


def end_with(*lines: str) -> NoReturn:
    """Write lines to standard error and end."""
    for line in lines:
        click.echo(line, err=True)
    raise SystemExit(REFUSED)

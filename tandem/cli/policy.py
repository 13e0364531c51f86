"""`tandem policy`: show a policy in full, and check the files that hold one."""

from pathlib import Path

import click

from tandem.cli.refusals import end_with_problems
from tandem.services.matchmaking.policy_files import show_policy
from tandem.services.matchmaking.problems import InputRefused

_FILE = click.Path(path_type=Path)


@click.group()
def policy() -> None:
    """Show and check policies: weights, rules and the aim of a matching, as TOML."""


@policy.command()
@click.argument("file", type=_FILE, required=False)
def show(file: Path | None) -> None:
    """Print the policy of FILE with every value it leaves out; without FILE the default."""
    click.echo(_read(file), nl=False)


@policy.command()
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[Path, ...]) -> None:
    """Say whether each FILE holds a valid policy; if not, what is wrong, and exit with 2."""
    refused: list[InputRefused] = []
    for file in files:
        try:
            show_policy(file)
        except InputRefused as error:
            refused.append(error)
        else:
            click.echo(f"{file}: valid")
    if refused:
        end_with_problems(InputRefused([one for error in refused for one in error.problems]))


def _read(file: Path | None) -> str:
    try:
        return show_policy(file)
    except InputRefused as refused:
        end_with_problems(refused)

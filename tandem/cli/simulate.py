"""`tandem simulate`: lists of made-up people, to try `tandem match` with."""

from pathlib import Path

import click

from tandem.cli.refusals import end_with, end_with_problems
from tandem.services.matchmaking.made_up import REGIONS, write_made_up
from tandem.services.matchmaking.problems import InputRefused

_MOST = 100_000
_COUNT = click.IntRange(0, _MOST)


@click.command()
@click.argument("mentors", type=_COUNT)
@click.argument("mentees", type=_COUNT)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option(
    "--region",
    type=click.Choice(tuple(REGIONS)),
    default="district",
    show_default=True,
    help="Where they live: Dithmarschen, Schleswig-Holstein, or all of Germany.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Where to write mentors.csv and mentees.csv; default: here.",
)
def simulate(*, mentors: int, mentees: int, seed: int, region: str, out: Path) -> None:
    """Make up MENTORS mentors and MENTEES mentees and write the lists `tandem match` reads.

    The same numbers and seed give the same people on every machine. Lists that exist are
    never overwritten.
    """
    try:
        paths = write_made_up(out, mentors=mentors, mentees=mentees, seed=seed, region=region)
    except InputRefused as refused:
        end_with_problems(refused)
    except OSError as error:
        end_with(f"{out}: cannot be written ({error.strerror}), expected a writable folder")
    for path in paths:
        click.echo(path)

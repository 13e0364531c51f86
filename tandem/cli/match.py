"""`tandem match`: match people from two files, without settings or database."""

import shutil
import sys
import time
from pathlib import Path
from typing import Any, TextIO, cast

import click

from tandem.cli.refusals import end_with, end_with_problems
from tandem.services.matchmaking.extras import AIMS, Extras
from tandem.services.matchmaking.match_lists import match_lists
from tandem.services.matchmaking.problems import InputRefused
from tandem.services.matchmaking.results import Format, render, write_whole

_WIDTH_OF_FILES = 100
_MOST_ALTERNATIVES = 100
_MOST_DRAWS = 10_000
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("mentors", type=_FILE)
@click.argument("mentees", type=_FILE)
@click.option("--policy", type=_FILE, metavar="FILE.toml", help="Weights, rules and aim.")
@click.option("--aim", type=click.Choice(AIMS), help="Instead of the policy's aim.")
@click.option("--pin", "pins", multiple=True, metavar="M:E", help="This pair in any case.")
@click.option("--forbid", "forbids", multiple=True, metavar="M:E", help="Never this pair.")
@click.option(
    "--alternatives",
    type=click.IntRange(0, _MOST_ALTERNATIVES),
    metavar="K",
    help="So many other mentors for each pair, each with its exact cost.",
)
@click.option(
    "--what-if",
    "earlier",
    type=_FILE,
    metavar="RESULT.json",
    help="Tell what differs from an earlier result, written with --format json.",
)
@click.option("--recruit", is_flag=True, help="Tell which mentors would add most.")
@click.option(
    "--stability",
    type=click.IntRange(1, _MOST_DRAWS),
    metavar="N",
    help="Tell under how many of N plausible weightings each pair stands.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=0,
    show_default=True,
    help="Decides between equal results.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "xlsx"]),
    default="table",
    show_default=True,
    help="How the result is written.",
)
@click.option("--out", type=_FILE, metavar="FILE", help="Write here, whole or not at all.")
def match(
    *,
    mentors: Path,
    mentees: Path,
    policy: Path | None,
    pins: tuple[str, ...],
    forbids: tuple[str, ...],
    seed: int,
    form: str,
    out: Path | None,
    **extras: Any,
) -> None:
    """Propose tandems between the people of MENTORS and MENTEES (CSV or .xlsx files).

    Everything that is wrong with files and options is listed as "file:line: column: problem,
    expected ..."; then nothing is written, and the exit status is 2.
    """
    if out is not None and out.resolve() in {mentors.resolve(), mentees.resolve()}:
        raise click.BadParameter("is one of the lists", param_hint="--out")
    if form == "xlsx" and out is None and is_terminal(sys.stdout):
        raise click.BadParameter("is missing for a workbook", param_hint="--out")
    bar = ProgressBar()
    try:
        outcome = match_lists(
            mentors,
            mentees,
            policy_path=policy,
            pins=pins,
            forbids=forbids,
            seed=seed,
            progress=bar.show,
            extras=Extras(**extras),
        )
    except InputRefused as refused:
        end_with_problems(refused)
    finally:
        bar.clear()
    on_screen = out is None and is_terminal(sys.stdout)
    width = shutil.get_terminal_size().columns if on_screen else _WIDTH_OF_FILES
    _write(render(outcome, cast("Format", form), width=width), out)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person looks at this stream."""
    return stream.isatty()


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        write_whole(out, content)
    except OSError as error:
        reason = error.strerror or str(error)
        end_with(f"{out}: cannot be written ({reason}), expected a writable file")


class ProgressBar:
    """A bar on standard error, where that is a terminal, once the work takes long."""

    patience_seconds = 1.0
    _cells = 30

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = ""

    def show(self, step: str, done: int, total: int) -> None:
        """Draw how much of the step is done, if anybody can see it and has waited."""
        waited = time.monotonic() - self._since
        if waited < self.patience_seconds or not is_terminal(sys.stderr):
            return
        filled = self._cells * done // max(total, 1)
        text = f"{step:<12} [{'#' * filled:<{self._cells}}] {100 * done // max(total, 1):3d} %"
        if text != self._shown:
            self._shown = text
            click.echo(f"\r{text}", err=True, nl=False)

    def clear(self) -> None:
        """Leave the line as it was found."""
        if self._shown:
            click.echo(f"\r{' ' * len(self._shown)}\r", err=True, nl=False)
            self._shown = ""

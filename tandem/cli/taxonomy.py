"""`tandem taxonomy`: names of occupations from elsewhere."""

from pathlib import Path

import click

from tandem.cli.refusals import end_with, end_with_problems
from tandem.cli.settings import read_settings
from tandem.services.matchmaking.problems import InputRefused, Problem
from tandem.services.matchmaking.results import write_whole
from tandem.taxonomy import esco
from tandem.taxonomy.esco_files import EscoRefused, read_esco


@click.group()
def taxonomy() -> None:
    """Names of occupations that the search knows."""


@taxonomy.command("import-esco")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def import_esco(folder: Path) -> None:
    """Add the occupations of an ESCO download in DIR to the search.

    Read are its files occupations_<language>.csv; what was imported before is replaced. A
    running server finds the new names at once. Everything that is wrong with the files is
    listed as "file:line: column: problem, expected ..."; then nothing is written, and the exit
    status is 2.
    """
    try:
        labels = read_esco(folder)
    except EscoRefused as refused:
        end_with_problems(_in_words(refused))
    path = read_settings().instance / esco.FILE
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, esco.to_text(labels).encode())
    except OSError as error:
        end_with(f"{path}: cannot be written ({error.strerror}), expected a writable file")
    names = sum(map(len, labels.values()))
    languages = sorted({language for _, language in labels})
    click.echo(f"{path}: {names} names of occupations in {', '.join(languages)}")


def _in_words(refused: EscoRefused) -> InputRefused:
    return InputRefused(
        [
            Problem(
                source=str(each.path),
                line=each.line,
                column=each.column,
                problem=each.problem,
                expected=each.expected,
            )
            for each in refused.problems
        ]
    )

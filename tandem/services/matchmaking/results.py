"""Results of a matching as text: JSON, CSV, or a table for the terminal."""

import csv
import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Literal, assert_never

from tandem.services.matchmaking.formulas import to_inert
from tandem.services.matchmaking.match_lists import MatchOutcome
from tandem.services.matchmaking.result_table import to_table

Format = Literal["table", "csv", "json"]


def render(outcome: MatchOutcome, form: Format, *, width: int = 100) -> str:
    """Return the result in one of the formats; ``width`` is that of the terminal."""
    match form:
        case "json":
            return to_json(outcome)
        case "csv":
            return to_csv(outcome)
        case "table":
            return to_table(outcome, width=width)
        case _:
            assert_never(form)


def to_json(outcome: MatchOutcome) -> str:
    """Return the whole result as JSON."""
    return json.dumps(outcome.result, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(outcome: MatchOutcome) -> str:
    """Return the proposals as CSV: ids, score, points of each criterion, margin."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["mentor", "mentee", "score", *outcome.criteria, "margin"])
    for proposal in outcome.result["proposals"]:
        writer.writerow(_csv_row(proposal, outcome.criteria))
    return file.getvalue()


def _csv_row(proposal: dict[str, Any], criteria: tuple[str, ...]) -> list[str | int | None]:
    return [
        to_inert(proposal["mentor"]),
        to_inert(proposal["mentee"]),
        proposal["score"],
        *(proposal["parts"].get(criterion, 0) for criterion in criteria),
        proposal["margin"],
    ]


def write_whole(path: Path, text: str) -> None:
    """Write the file so that at any moment it is the old one or the new one, whole.

    What exists and is no regular file, such as a pipe, is written into.

    Raises
    ------
    OSError
        If it cannot be written; then the old file stands.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    directory = path.resolve().parent
    with tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        newline="",
        dir=directory,
        prefix=f".{path.name}.",
        delete=False,
    ) as file:
        part = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(0o666 & ~_umask())
            part.replace(path.resolve())
        except OSError:
            part.unlink()
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

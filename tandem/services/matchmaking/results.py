"""Results of a matching as files: JSON, CSV, a workbook, or a table for the terminal."""

import io
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, assert_never

from tandem.services.matchmaking.match_lists import MatchOutcome
from tandem.services.matchmaking.result_table import to_table
from tandem.services.tables import Cell, write_csv, write_xlsx

Format = Literal["table", "csv", "json", "xlsx"]


def render(outcome: MatchOutcome, form: Format, *, width: int = 100) -> bytes:
    """Return the result in one of the formats; ``width`` is that of the terminal."""
    match form:
        case "json":
            return to_json(outcome).encode()
        case "csv":
            return to_csv(outcome)
        case "xlsx":
            return to_xlsx(outcome)
        case "table":
            return to_table(outcome, width=width).encode()
        case _:
            assert_never(form)


def to_json(outcome: MatchOutcome) -> str:
    """Return the whole result as JSON."""
    return json.dumps(outcome.result, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(outcome: MatchOutcome) -> bytes:
    """Return the proposals as CSV: ids, score, points of each criterion, margin."""
    file = io.BytesIO()
    write_csv(file, _proposals(outcome), delimiter=",", mark=False)
    return file.getvalue()


def to_xlsx(outcome: MatchOutcome) -> bytes:
    """Return a workbook: the proposals as in CSV, then who is left and how many each rule shut out.

    Whoever was set aside stands among those left, with what is wrong as the reason.
    """
    file = io.BytesIO()
    write_xlsx(file, {"proposals": _proposals(outcome), "unmatched": _unmatched(outcome)})
    return file.getvalue()


def _proposals(outcome: MatchOutcome) -> Iterator[list[Cell]]:
    yield ["mentor", "mentee", "score", *outcome.criteria, "margin"]
    for proposal in outcome.result["proposals"]:
        parts = proposal["parts"]
        yield [
            proposal["mentor"],
            proposal["mentee"],
            proposal["score"],
            *(parts.get(criterion, 0) for criterion in outcome.criteria),
            proposal["margin"],
        ]


def _unmatched(outcome: MatchOutcome) -> Iterator[list[Cell]]:
    yield ["side", "id", "reason", "count"]
    for side in ("mentees", "mentors"):
        for person in outcome.result["unmatched"][side]:
            for rule, count in person["reasons"].items():
                yield [side.removesuffix("s"), person["id"], rule, count]
    for entry in outcome.result["set_aside"]:
        yield [entry["side"], entry["id"], f"{entry['field']}: {entry['problem']}", None]


def write_whole(path: Path, content: bytes) -> None:
    """Write the file so that at any moment it is the old one or the new one, whole.

    What exists and is no regular file, such as a pipe, is written into.

    Raises
    ------
    OSError
        If it cannot be written; then the old file stands.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    directory = path.resolve().parent
    with tempfile.NamedTemporaryFile(dir=directory, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
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

"""Made-up people as the two lists that `tandem match` reads."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matching
from matching import REGIONS, Mentee, Mentor
from tandem.services.matchmaking.columns import MENTEE_COLUMNS, MENTOR_COLUMNS
from tandem.services.matchmaking.formulas import to_inert
from tandem.services.matchmaking.problems import InputRefused, Problem
from tandem.services.matchmaking.results import write_whole
from tandem.taxonomy.nearest import nearest_postal_codes

__all__ = ["NAMES", "REGIONS", "write_made_up"]

NAMES = ("mentors.csv", "mentees.csv")
"""What the two files are called."""


def write_made_up(
    folder: Path, *, mentors: int, mentees: int, seed: int, region: str
) -> tuple[Path, ...]:
    """Make up people and write both lists into a folder, which is made if it is missing.

    Raises
    ------
    InputRefused
        If one of the files exists: it may hold people who are not made up.
    OSError
        If a file cannot be written.
    """
    paths = tuple(folder / name for name in NAMES)
    problems = [_exists(path) for path in paths if path.exists()]
    if problems:
        raise InputRefused(problems)
    guides, seekers = matching.simulate(mentors, mentees, seed=seed, region=region)
    texts = _to_csv(guides, MENTOR_COLUMNS), _to_csv(seekers, MENTEE_COLUMNS)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in zip(paths, texts, strict=True):
        write_whole(path, text)
    return paths


def _exists(path: Path) -> Problem:
    return Problem(
        source=str(path),
        line=0,
        column="--out",
        problem="exists already",
        expected=f"a folder without {' and '.join(NAMES)}",
    )


def _to_csv(people: Sequence[Mentor] | Sequence[Mentee], columns: Iterable[str]) -> str:
    names = tuple(columns)
    codes = nearest_postal_codes([person.place for person in people if person.place])
    homes = iter(codes)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for person in people:
        home = next(homes) if person.place else ""
        cells = (home if name == "place" else _cell(getattr(person, name)) for name in names)
        writer.writerow([to_inert(cell) for cell in cells])
    return file.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case Mapping():
            return "|".join(f"{key}:{level}" for key, level in value.items())
        case frozenset():
            return "|".join(sorted(value))
        case tuple():
            return "|".join(value)
    return str(value)

"""Made-up people as the two lists that `tandem match` reads."""

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matching
from matching import REGIONS, Mentee, Mentor
from tandem.services.matchmaking.columns import MENTEE_COLUMNS, MENTOR_COLUMNS
from tandem.services.matchmaking.problems import InputRefused, Problem
from tandem.services.matchmaking.results import write_whole
from tandem.services.tables import Cell, write_csv
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
    files = _to_csv(guides, MENTOR_COLUMNS), _to_csv(seekers, MENTEE_COLUMNS)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(paths, files, strict=True):
        write_whole(path, content)
    return paths


def _exists(path: Path) -> Problem:
    return Problem(
        source=str(path),
        line=0,
        column="--out",
        problem="exists already",
        expected=f"a folder without {' and '.join(NAMES)}",
    )


def _to_csv(people: Sequence[Mentor] | Sequence[Mentee], columns: Iterable[str]) -> bytes:
    names = tuple(columns)
    codes = nearest_postal_codes([person.place for person in people if person.place])
    homes = iter(codes)
    rows: list[list[Cell]] = [list(names)]
    for person in people:
        home = next(homes) if person.place else ""
        rows.append([home if name == "place" else _cell(getattr(person, name)) for name in names])
    file = io.BytesIO()
    write_csv(file, rows, delimiter=",", mark=False)
    return file.getvalue()


def _cell(value: Any) -> Cell:
    match value:
        case Mapping():
            return "|".join(f"{key}:{level}" for key, level in value.items())
        case frozenset():
            return "|".join(sorted(value))
        case tuple():
            return "|".join(value)
        case None | bool() | float() | int():
            return value
    return str(value)

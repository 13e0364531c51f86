"""Names of occupations from ESCO, where an operator imported them into the instance folder."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tandem.taxonomy.ranking import ESCO, Name

FILE = "esco.tsv"
_HEADER = "tandem-esco 1"

Labels = Mapping[tuple[str, str], Iterable[str]]


@dataclass(frozen=True)
class Stamp:
    """Which state of which file: another state is another stamp."""

    path: Path
    changed_ns: int
    size_bytes: int


@dataclass
class _Source:
    folder: Path | None = None


_source = _Source()


def use(folder: Path | None) -> None:
    """Read imported names from ``folder`` from now on; None to read none."""
    _source.folder = folder


def stamp() -> Stamp | None:
    """Return the state of the imported names, None where none were imported."""
    if _source.folder is None:
        return None
    path = _source.folder / FILE
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return Stamp(path, state.st_mtime_ns, state.st_size)


def to_text(labels: Labels) -> str:
    """Return labels by (code, language) as the text of the file: a line each, parted by tabs."""
    lines = ["\t".join([*key, *names]) for key, names in sorted(labels.items())]
    return "\n".join([_HEADER, *lines]) + "\n"


def read_names(stamp: Stamp) -> Iterator[Name]:
    """Yield the imported names.

    Raises
    ------
    ValueError
        If the file is of another version than this program writes.
    """
    header, *lines = stamp.path.read_text(encoding="utf-8").splitlines()
    if header != _HEADER:
        raise ValueError(f"{stamp.path} is not {_HEADER}; import ESCO again")
    for line in lines:
        code, language, *names = line.split("\t")
        for name in names:
            yield Name(code, name, language, ESCO)

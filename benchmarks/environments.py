"""The environments in which the peers live, built from locks with hashes."""

import hashlib
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

HERE = Path(__file__).parent
OURS = ("numpy", "scipy")
"""What the engine itself stands on."""


def prepare(folder: Path, names: Collection[str]) -> dict[str, Path]:
    """Return the Python of each environment; missing and outdated ones are built."""
    return {
        name: Path(sys.executable) if name == "ours" else _build(folder, name) for name in names
    }


def _build(folder: Path, name: str) -> Path:
    lock = HERE / f"{name}.txt"
    home = folder / name
    python, stamp = home / "bin" / "python", home / "lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return python
    sys.stderr.write(f"building {home}\n")
    _run(sys.executable, "-m", "venv", "--clear", str(home))
    install = ("install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(lock))
    _run(str(python), "-m", "pip", *install)
    stamp.write_text(digest)
    return python


def versions(pythons: dict[str, Path]) -> dict[str, dict[str, str]]:
    """Return the versions of what is installed in each environment."""
    found = {name: _freeze(python) for name, python in pythons.items()}
    return (
        found | {"ours": {name: found["ours"][name] for name in OURS}} if "ours" in found else found
    )


def _freeze(python: Path) -> dict[str, str]:
    done = subprocess.run(
        [str(python), "-m", "pip", "freeze", "--exclude-editable", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = (line.split("==", maxsplit=1) for line in done.stdout.splitlines() if "==" in line)
    return dict(pairs)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)

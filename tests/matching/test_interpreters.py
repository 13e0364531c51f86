"""The same digests under every Python that the engine supports."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matching import fixed_round

ROOT = Path(__file__).parents[2]
KNOWN = {
    "most": "72268a258a2395f751da23f500c883a30fbe317512d46aaad901c34af1b61a7e",
    "best": "5b7e69eadc3a122ad549cd1fed7d61d0ab59e75d3d481fee154f72327bb9d999",
    "fair": "74e486feec3efcf1c3ed9628f1b66a97cff235959d69397a604d60bf7f4883af",
    "large": "72268a258a2395f751da23f500c883a30fbe317512d46aaad901c34af1b61a7e",
}
"""They may change with the engine's version, and must then be changed here."""


def test_the_digests_are_what_they_were():
    assert fixed_round.digests() == KNOWN


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_another_python_finds_the_same(version):
    python = next(filter(has_numpy_and_scipy, candidates(version)), None)
    if python is None:
        pytest.skip(f"no Python {version} with NumPy and SciPy; see tests/interpreters.sh")
    told = run(python, "tests/matching/fixed_round.py")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == KNOWN


def candidates(version: str) -> Iterator[str]:
    """Where such a Python might be: our own, on the path, among those of pyenv."""
    yield str(ROOT / ".venv" / "interpreters" / version / "bin" / "python")
    yield shutil.which(f"python{version}") or ""
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    for home in sorted((pyenv / "versions").glob(f"{version}.*")):
        yield str(home / "bin" / "python")


def has_numpy_and_scipy(python: str) -> bool:
    return Path(python).is_file() and run(python, "-c", "import numpy, scipy").returncode == 0


def run(python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [python, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

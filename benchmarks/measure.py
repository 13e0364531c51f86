"""One measurement: a fresh process, a limit of time and of memory, and what it said."""

import contextlib
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contenders import Contender
from benchmarks.problems import Problem

HERE = Path(__file__).parent
_PREPARING_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a run may take: seconds from ready to done, and GiB of memory."""

    seconds: float
    memory_gib: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a contender did with a problem; `state` is ``done``, ``over limit`` or ``failed``.

    `peak_mib` is the most that the whole process held, `before_mib` what it held when the
    problem was loaded. `phases` are the seconds of the steps, where the contender tells.
    """

    contender: str
    task: str
    region: str
    size: int
    state: str
    seconds: float | None = None
    before_mib: float | None = None
    peak_mib: float | None = None
    tandems: int | None = None
    score: int | None = None
    phases: dict[str, float] = field(default_factory=dict)
    problem: str = ""


def run(contender: Contender, problem: Problem, *, python: Path, limits: Limits) -> Run:
    """Let a contender solve a problem in a process of its own."""
    about: dict[str, Any] = {
        "contender": contender.name,
        "task": contender.task,
        "region": problem.region,
        "size": problem.size,
    }
    with tempfile.TemporaryDirectory() as folder:
        out, log = Path(folder) / "answer.json", Path(folder) / "log"
        ended = _work(contender, problem, python=python, limits=limits, out=out, log=log)
        if ended is None:
            return Run(**about, state="over limit", seconds=limits.seconds)
        if ended != 0 or not out.is_file():
            return Run(**about, state="failed", problem=_last_line(log, ended))
        answer = json.loads(out.read_text())
    return Run(**about, state="done", **_counted(answer, problem))


def _work(
    contender: Contender, problem: Problem, *, python: Path, limits: Limits, out: Path, log: Path
) -> int | None:
    """Return the exit status, None if it was ended at the limit."""
    script = HERE / "workers" / f"{contender.worker}.py"
    words = [str(python), str(script), contender.work, str(problem.folder), str(out)]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*words, str(limits.memory_gib)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment(contender),
            cwd=problem.folder,
        ) as process,
    ):
        if process.stdout is None or process.stdout.readline() != "ready\n":
            return process.wait(_PREPARING_SECONDS) or 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(limits.seconds)
        process.kill()
        return None


def _environment(contender: Contender) -> dict[str, str]:
    """Only our own worker sees this repository: other packages are called matching too."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return bare | ({"PYTHONPATH": str(HERE.parent)} if contender.worker == "ours" else {})


def _last_line(log: Path, status: int) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else f"ended with {status}"


def _counted(answer: dict[str, Any], problem: Problem) -> dict[str, Any]:
    if "pairs" in answer:
        answer["tandems"], answer["score"] = problem.count(answer.pop("pairs"))
    return answer

"""How a worker speaks with the benchmark: one line when it is ready, a file when it is done.

Only what stands between both is timed. Workers stand alone: they run in other environments.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MIB = 1024


def take_part(works: dict[str, Callable[[Path], Callable[[], Any]]]) -> None:
    """Prepare the work named on the command line, do it once, and write down what it took.

    A work is given the problem's folder and returns what is to be timed; that returns the
    pairs [row, column], or a whole answer with ``tandems`` and ``score``.
    """
    name, folder, out, memory_gib = sys.argv[1:]
    most = int(float(memory_gib) * 1024**3)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    work = works[name](Path(folder))
    before = _peak_mib()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    told = {"seconds": seconds, "before_mib": before, "peak_mib": _peak_mib()}
    answer = answer if isinstance(answer, dict) else {"pairs": answer}
    Path(out).write_text(json.dumps(told | answer))


def _peak_mib() -> float:
    """Return the most that this process held; Linux's getrusage would count its parent's too."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    kib = peaks[0] if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kib / _MIB, 1)

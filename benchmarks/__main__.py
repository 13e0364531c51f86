"""Run every contender on every size and write the results."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import environments, machine, report
from benchmarks.contenders import CONTENDERS, Contender
from benchmarks.measure import Limits, Run, run
from benchmarks.problems import COUNTRY, DISTRICT, Problem, pose

HERE = Path(__file__).parent
ROOT = HERE.parent


def main() -> None:
    """Measure everything; whoever misses a limit is not asked for a larger size."""
    asked = _parse()
    contenders = [one for one in CONTENDERS if not asked.only or asked.only in one.name]
    pythons = environments.prepare(
        asked.environments, {contender.environment for contender in contenders}
    )
    facts = {"machine": machine.describe(), **environments.versions(pythons)}
    bounds = (
        f"at most {asked.memory:g} GiB and {asked.limit:g} s a run,"
        f" {asked.country_limit:g} s for a country"
    )
    runs: list[Run] = []
    for region, size in _tasks(asked.sizes, asked.country_sizes):
        with tempfile.TemporaryDirectory(dir=asked.scratch) as folder:
            problem = pose(Path(folder), region, size)
            seconds = asked.limit if region == DISTRICT else asked.country_limit
            limits = Limits(seconds=seconds, memory_gib=asked.memory)
            for contender in _able(contenders, runs, problem):
                python = pythons[contender.environment]
                runs.append(run(contender, problem, python=python, limits=limits))
                _say(runs[-1])
                report.write(asked.out, runs, facts=facts, limits=bounds)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--sizes", type=_numbers, default=_numbers("100,300,1000,3000,5000,10000"))
    parser.add_argument("--country-sizes", type=_numbers, default=_numbers("10000,30000,100000"))
    parser.add_argument("--limit", type=float, default=120, help="seconds for each run")
    parser.add_argument("--country-limit", type=float, default=300, help="the same, a country")
    parser.add_argument("--memory", type=float, default=12, help="GiB for each run")
    parser.add_argument("--only", default="", help="contenders whose name has this in it")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--environments", type=Path, default=ROOT / ".venv" / "benchmarks")
    parser.add_argument("--scratch", type=Path, help="where problems lie while they are solved")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return sorted({int(word) for word in text.split(",") if word})


def _tasks(sizes: Sequence[int], country_sizes: Sequence[int]) -> list[tuple[str, int]]:
    return [
        *((DISTRICT, size) for size in sizes),
        *((COUNTRY, size) for size in country_sizes),
    ]


def _able(
    contenders: Sequence[Contender], runs: Sequence[Run], problem: Problem
) -> list[Contender]:
    given_up = {(one.contender, one.region) for one in runs if one.state != "done"}
    return [
        one
        for one in contenders
        if problem.size <= one.most
        and (one.name, problem.region) not in given_up
        and (one.country or problem.region == DISTRICT)
    ]


def _say(one: Run) -> None:
    width = shutil.get_terminal_size().columns
    seconds = "" if one.seconds is None else f"{one.seconds:.3g} s"
    text = f"{one.size:>7} {one.contender:<30} {one.state} {seconds} {one.problem}"
    sys.stderr.write(text[:width] + "\n")


if __name__ == "__main__":
    main()

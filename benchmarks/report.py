"""Results as a table to read, a table to calculate with, and plots."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from benchmarks.contenders import BARE, MATRIX, PEOPLE
from benchmarks.measure import Run
from benchmarks.plot import Point, draw
from benchmarks.problems import COUNTRY, DISTRICT

Facts = dict[str, dict[str, str]]

_HEADINGS = {
    (DISTRICT, PEOPLE): "A district, from people to pairs",
    (DISTRICT, MATRIX): "The same people, from the ready matrix to pairs",
    (COUNTRY, PEOPLE): "A country, from people to pairs",
}


def write(folder: Path, runs: Sequence[Run], *, facts: Facts, limits: str) -> None:
    """Write everything into a folder; what stands there of an earlier run is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_csv(folder / "results.csv", runs)
    (folder / "versions.json").write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n")
    (folder / "README.md").write_text(_markdown(runs, facts=facts, limits=limits))
    for task in (PEOPLE, MATRIX):
        chosen = [one for one in runs if one.task == task]
        _plot(folder / f"time-{task}.svg", chosen, lambda one: one.seconds, y_name="seconds")
        _plot(folder / f"memory-{task}.svg", chosen, lambda one: one.peak_mib, y_name="MiB")


def _write_csv(path: Path, runs: Iterable[Run]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Run)], lineterminator="\n")
        writer.writeheader()
        for one in runs:
            writer.writerow(asdict(one) | {"phases": json.dumps(one.phases)})


def _plot(
    path: Path, runs: Sequence[Run], value: Callable[[Run], float | None], *, y_name: str
) -> None:
    lines: dict[str, list[Point]] = {}
    for one in runs:
        y = value(one)
        if one.state == "done" and y:
            name = one.contender if one.region == DISTRICT else f"{one.contender}, a country"
            lines.setdefault(name, []).append((one.size, y))
    start = f"from {runs[0].task} to pairs, " if runs else ""
    title = f"{start}n mentors and n mentees: {y_name} against n"
    path.write_text(draw(lines, title=title, x_name="n", y_name=y_name))


def _markdown(runs: Sequence[Run], *, facts: Facts, limits: str) -> str:
    machine = facts["machine"]
    lines = [
        "# Results",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']},"
        f" {machine['system']}, Python {machine['python']}; {limits}.",
        "Single runs, each in a fresh process; seconds from loaded to pairs; memory is the peak of"
        " the whole process, its start and the problem included. Lost: what the pairs fall short"
        " of the best known, in tandems and in points. To bare: divided by what SciPy takes"
        " on the ready matrix. Versions: `versions.json`; everything: `results.csv`.",
        "",
    ]
    for (region, task), heading in _HEADINGS.items():
        chosen = [one for one in runs if (one.region, one.task) == (region, task)]
        if chosen:
            lines += [f"## {heading}", ""]
            if region == DISTRICT:
                lines += [f"![Seconds against n](time-{task}.svg)", ""]
                lines += [f"![MiB against n](memory-{task}.svg)", ""]
            lines += [*_table(chosen, runs), ""]
    return "\n".join(lines)


def _table(chosen: Sequence[Run], runs: Sequence[Run]) -> Iterable[str]:
    heads = (
        "n",
        "contender",
        "seconds",
        "to bare",
        "scoring, solving",
        "to bare",
        "MiB",
        "to bare",
    )
    yield f"| {' | '.join((*heads, 'tandems', 'score', 'lost'))} |"
    yield "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for one in sorted(chosen, key=lambda one: one.size):
        alike = [other for other in runs if _asked(other) == _asked(one)]
        best = max(map(_worth, alike))
        bare = next((other for other in alike if other.contender == BARE), None)
        solving = sum(one.phases.get(step, 0) for step in ("check", "score", "solve")) or None
        cells = [
            f"{one.size:,}",
            one.contender,
            _seconds(one.seconds) if one.state == "done" else _shortfall(one),
            _times(one.seconds, bare.seconds if bare else None) if one.state == "done" else "",
            _seconds(solving),
            _times(solving, bare.seconds if bare else None),
            "" if one.peak_mib is None else f"{one.peak_mib:,.0f}",
            _times(one.peak_mib, bare.peak_mib if bare else None),
            "" if one.tandems is None else f"{one.tandems:,}",
            "" if one.score is None else f"{one.score:,}",
            _lost(one, best),
        ]
        yield f"| {' | '.join(cells)} |"


def _asked(one: Run) -> tuple[str, int]:
    return one.region, one.size


def _worth(one: Run) -> tuple[int, int]:
    return (one.tandems or 0, one.score or 0)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _times(value: float | None, bare: float | None) -> str:
    return f"{value / bare:.2g}" if value and bare else ""


def _shortfall(one: Run) -> str:
    return f"over {one.seconds:g}" if one.state == "over limit" else f"failed: {one.problem}"


def _lost(one: Run, best: tuple[int, int]) -> str:
    if one.state != "done":
        return ""
    tandems, score = best[0] - _worth(one)[0], best[1] - _worth(one)[1]
    return "nothing" if (tandems, score) == (0, 0) else f"{tandems:,} tandems, {score:,} points"

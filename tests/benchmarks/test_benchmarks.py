"""Measuring: fair counting, limits that hold, tables and plots that can be read."""

import csv
import json
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

import matching
from benchmarks.contenders import BARE, CONTENDERS, MATRIX, PEOPLE, Contender
from benchmarks.measure import HERE, Limits, Run, run
from benchmarks.plot import draw
from benchmarks.problems import COUNTRY, DISTRICT, pose
from benchmarks.report import write

LIMITS = Limits(seconds=60, memory_gib=2)
FACTS = {
    "machine": {
        "processor": "abacus",
        "cores": "2",
        "memory": "1 GiB",
        "system": "none",
        "python": "3",
    }
}
OURS = [one for one in CONTENDERS if one.environment == "ours" and "stability" not in one.name]


@pytest.fixture(name="problem", scope="module")
def problem_fixture(tmp_path_factory):
    return pose(tmp_path_factory.mktemp("problem"), DISTRICT, 30)


def test_the_cheapest_assignment_is_our_optimum(problem):
    costs = np.load(problem.folder / "costs.npy")
    pairs = np.column_stack(linear_sum_assignment(costs)).tolist()
    mentors, mentees = matching.simulate(30, 30, seed=1, region=DISTRICT)
    result = matching.match(
        [replace(mentor, capacity=1) for mentor in mentors], mentees, matching.Policy()
    )
    assert problem.count(pairs) == (result.tandems, result.score)
    assert 0 < result.tandems < 30


def test_pairs_that_are_shut_out_do_not_count(problem):
    allowed = np.load(problem.folder / "allowed.npy")
    row, column = np.argwhere(~allowed)[0].tolist()
    assert problem.count([[row, column]]) == (0, 0)
    assert problem.count([]) == (0, 0)


def test_nobody_can_be_counted_twice(problem):
    with pytest.raises(ValueError, match="two pairs"):
        problem.count([[0, 1], [0, 2]])


@pytest.mark.slow
@pytest.mark.parametrize("contender", OURS, ids=lambda one: one.name)
def test_all_our_paths_find_the_same(problem, contender):
    done = run(contender, problem, python=Path(sys.executable), limits=LIMITS)
    assert (done.state, done.problem) == ("done", "")
    costs = np.load(problem.folder / "costs.npy")
    best = problem.count(np.column_stack(linear_sum_assignment(costs)).tolist())
    assert (done.tandems, done.score) == best
    assert done.seconds > 0
    assert done.peak_mib >= done.before_mib > 10
    assert set(done.phases) in (set(), set(matching.STEPS))


def test_who_misses_the_limit_is_ended(problem):
    contender = next(one for one in OURS if one.task == MATRIX)
    limits = Limits(seconds=0.0, memory_gib=2)
    done = run(contender, problem, python=Path(sys.executable), limits=limits)
    assert (done.state, done.seconds, done.score) == ("over limit", 0.0, None)


def test_a_failure_is_told_in_its_own_words(problem):
    contender = Contender("nobody", PEOPLE, "ours", "no_such_work")
    done = run(contender, problem, python=Path(sys.executable), limits=LIMITS)
    assert (done.state, done.problem) == ("failed", "KeyError: 'no_such_work'")


def test_every_contender_has_its_worker_and_its_lock():
    for contender in CONTENDERS:
        assert (HERE / "workers" / f"{contender.worker}.py").is_file()
        lock = HERE / f"{contender.environment}.txt"
        assert contender.environment == "ours" or "--hash=" in lock.read_text()


def test_no_lock_names_an_address():
    assert [path for path in HERE.glob("*.txt") if "http" in path.read_text()] == []


def a_run(contender, size, **said):
    return Run(
        **{"task": PEOPLE, "region": DISTRICT, "state": "done"}
        | {"contender": contender, "size": size}
        | said
    )


def test_the_table_sets_time_beside_what_is_lost(tmp_path):
    runs = [
        a_run(
            "exact", 100, seconds=0.5, peak_mib=80.0, tandems=90, score=5000, phases={"score": 0.1}
        ),
        a_run(BARE, 100, seconds=0.2, peak_mib=40.0, tandems=90, score=5000, task=MATRIX),
        a_run("greedy", 100, seconds=0.01, peak_mib=70.0, tandems=88, score=4400),
        a_run("slow", 100, state="over limit", seconds=120.0),
        a_run("broken", 100, state="failed", problem="MemoryError"),
        a_run("exact", 1000, seconds=5.0, region=COUNTRY, tandems=1, score=2),
    ]
    write(tmp_path, runs, facts=FACTS, limits="at most 120 s")
    page = (tmp_path / "README.md").read_text()
    assert "| 100 | exact | 0.5 | 2.5 | 0.1 | 0.5 | 80 | 2 | 90 | 5,000 | nothing |" in page
    assert "| 100 | greedy | 0.01 | 0.05 |  |  | 70 | 1.8 | 88 | 4,400 | 2 tandems, 600 p" in page
    assert "| 1,000 | exact | 5 |  |  |  |  |  | 1 | 2 | nothing |" in page
    assert "| 100 | slow | over 120 |" in page
    assert "| 100 | broken | failed: MemoryError |" in page
    assert "abacus, 2 cores" in page
    with (tmp_path / "results.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["contender"] for row in rows] == [
        "exact",
        BARE,
        "greedy",
        "slow",
        "broken",
        "exact",
    ]
    assert json.loads(rows[0]["phases"]) == {"score": 0.1}
    assert json.loads((tmp_path / "versions.json").read_text()) == FACTS
    drawn = ET.fromstring((tmp_path / "time-people.svg").read_text())  # noqa: S314 - our own file
    assert len(drawn.findall("{*}circle")) == 3


def test_a_plot_places_values_by_their_decades():
    drawn = ET.fromstring(  # noqa: S314 - our own text
        draw({"a < b": [(10, 1), (1000, 100)]}, title="t & u", x_name="n", y_name="s")
    )
    first, last = drawn.findall("{*}circle")
    assert float(first.get("cx")) < float(last.get("cx"))
    assert float(first.get("cy")) > float(last.get("cy"))
    texts = [text.text for text in drawn.findall("{*}text")]
    assert {"a < b", "t & u", "10", "1,000", "1", "100"} <= set(texts)


def test_a_plot_of_nothing_is_still_a_plot():
    assert draw({}, title="t", x_name="n", y_name="s").startswith("<svg")

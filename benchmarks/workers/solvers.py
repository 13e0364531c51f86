"""Solvers of linear assignment on a ready matrix; only the one that is measured is loaded."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from protocol import take_part


def _pairs(rows: Any, columns: Any) -> list[list[int]]:
    return np.column_stack([rows, columns]).tolist()


def lapx_lapjvs(folder: Path) -> Callable[[], Any]:
    """Jonker and Volgenant's algorithm as lapx ships it for dense matrices."""
    solve = import_module("lap").lapjvs
    costs = np.load(folder / "costs.npy")
    return lambda: _pairs(*solve(costs, return_cost=False))


def lapjv(folder: Path) -> Callable[[], Any]:
    """Jonker and Volgenant's algorithm with vector instructions."""
    solve = import_module("lapjv").lapjv
    costs = np.load(folder / "costs.npy")
    return lambda: _pairs(np.arange(len(costs)), solve(costs)[0])


def munkres(folder: Path) -> Callable[[], Any]:
    """Munkres of that name, by its function for arrays."""
    solve = import_module("munkres").linear_sum_assignment
    costs = np.load(folder / "costs.npy")
    return lambda: _pairs(*solve(costs))


def ortools(folder: Path) -> Callable[[], Any]:
    """Goldberg's cost scaling in OR-Tools; arcs are part of the work."""
    graph = import_module("ortools.graph.python.linear_sum_assignment")
    costs = np.load(folder / "costs.npy")

    def work() -> list[list[int]]:
        size = len(costs)
        solver = graph.SimpleLinearSumAssignment()
        columns = np.arange(size)
        for row, cost in enumerate(costs.astype(np.int64)):
            solver.add_arcs_with_cost(np.full(size, row), columns, cost)
        if solver.solve() != solver.OPTIMAL:
            raise RuntimeError("not solved")
        return [[row, solver.right_mate(row)] for row in range(size)]

    return work


def networkx(folder: Path) -> Callable[[], Any]:
    """Edmonds' blossom algorithm of networkx on allowed pairs; the graph is part of the work."""
    package = import_module("networkx")
    scores = np.load(folder / "scores.npy")
    allowed = np.load(folder / "allowed.npy")

    def work() -> list[list[int]]:
        size = len(scores)
        rows, columns = np.nonzero(allowed)
        graph = package.Graph()
        weights = scores[rows, columns].tolist()
        edges = zip(rows.tolist(), (columns + size).tolist(), weights, strict=True)
        graph.add_weighted_edges_from(edges)
        made = package.max_weight_matching(graph, maxcardinality=True)
        return [[min(pair), max(pair) - size] for pair in made]

    return work


if __name__ == "__main__":
    take_part({work.__name__: work for work in (lapx_lapjvs, lapjv, munkres, ortools, networkx)})

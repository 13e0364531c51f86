"""Who is measured: each contender is one function of a worker, in one environment."""

from dataclasses import dataclass
from typing import Final

MATRIX: Final = "matrix"
"""Starts from a ready matrix of costs or scores and ends with pairs."""
PEOPLE: Final = "people"
"""Starts from people and ends with pairs."""
BARE: Final = "scipy linear_sum_assignment"
"""What all are compared with."""


@dataclass(frozen=True)
class Contender:
    """One way to get from a task to pairs.

    Attributes
    ----------
    name : as the table shows it
    task : where it starts, ``matrix`` or ``people``
    worker, work : file below ``workers/`` and the function in it
    environment : ``ours``, or the name of a requirements file
    most : largest size tried; beyond, it is known not to fit into the limits
    country : whether it also runs on rounds of a whole country
    """

    name: str
    task: str
    worker: str
    work: str
    environment: str = "ours"
    most: int = 1_000_000
    country: bool = False


CONTENDERS: Final = (
    Contender("tandem match, large", PEOPLE, "ours", "match_large", country=True),
    Contender("tandem match, dense", PEOPLE, "ours", "match_dense"),
    Contender("tandem match and stability", PEOPLE, "ours", "match_stability", most=300),
    Contender("our scores, then scipy", PEOPLE, "ours", "score_then_scipy"),
    Contender("our scores, then lapx", PEOPLE, "ours", "score_then_lapx", "requirements"),
    Contender("mentor-match", PEOPLE, "mentor_match", "process", "requirements-mentor-match"),
    Contender("tandem assign, large", MATRIX, "ours", "assign_large"),
    Contender("tandem assign, dense", MATRIX, "ours", "assign_dense"),
    Contender(BARE, MATRIX, "ours", "scipy_lsa"),
    Contender("lapx lapjvs", MATRIX, "solvers", "lapx_lapjvs", "requirements"),
    Contender("lapjv", MATRIX, "solvers", "lapjv", "requirements"),
    Contender("munkres", MATRIX, "solvers", "munkres", "requirements"),
    Contender("ortools", MATRIX, "solvers", "ortools", "requirements"),
    Contender("networkx", MATRIX, "solvers", "networkx", "requirements"),
    Contender("matching, stable marriage", MATRIX, "stable", "marry", "requirements-stable"),
)
"""Everybody; `ours` is the environment that runs the benchmark."""

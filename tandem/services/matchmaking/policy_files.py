"""Policies as files: shown in full, and checked."""

from pathlib import Path

from tandem.services.matchmaking.options import read_policy
from tandem.services.matchmaking.problems import InputRefused, Problem


def show_policy(path: Path | None) -> str:
    """Return the policy of a file, or the default one, with every value that it leaves out.

    Raises
    ------
    InputRefused
        If the file holds no valid policy.
    """
    problems: list[Problem] = []
    policy = read_policy(path, problems)
    if problems:
        raise InputRefused(problems)
    return policy.to_toml()

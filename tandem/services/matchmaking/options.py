"""What is asked of a matching beside the lists: a policy, and pairs set by hand."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from matching import InvalidInput, Mentee, Mentor, Policy
from tandem.services.matchmaking.problems import Problem, quote

MAX_POLICY_BYTES = 2**20
_POLICY_EXPECTED = "a policy in TOML with weights that sum to 10000, known rules and an aim"
_LINE = re.compile(r"at line ([0-9]+)")

Pair = tuple[str, str]


def read_policy(path: Path | None, problems: list[Problem]) -> Policy:
    """Return the policy of a file, or the default one; problems with it are noted."""
    if path is None:
        return Policy()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_POLICY_BYTES + 1)
        if len(data) > MAX_POLICY_BYTES:
            raise InvalidInput("file is too large")
        return Policy.from_toml(data.decode("utf-8-sig"))
    except OSError as error:
        problem, line = f"cannot be read ({error.strerror})", 1
    except ValueError as error:
        problem, line = str(error), _line_of(str(error))
    except RecursionError:
        problem, line = "is nested too deeply", 1
    problems.append(
        Problem(
            source=str(path),
            line=line,
            column="policy",
            problem=problem,
            expected=_POLICY_EXPECTED,
        )
    )
    return Policy()


def _line_of(message: str) -> int:
    found = _LINE.search(message)
    return int(found[1]) if found else 1


def read_pairs(option: str, texts: Sequence[str], problems: list[Problem]) -> list[Pair]:
    """Return the pairs ``M:E`` of an option, each once; what is no pair is noted."""
    pairs: dict[Pair, None] = {}
    for text in texts:
        mentor, colon, mentee = text.partition(":")
        if colon and mentor and mentee and ":" not in mentee:
            pairs[mentor, mentee] = None
        else:
            _note(problems, option, quote(text), problem="is no pair", expected="MENTOR:MENTEE")
    return list(pairs)


def check_pairs(
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    problems: list[Problem],
    *,
    pinned: Sequence[Pair],
    forbidden: Sequence[Pair],
    limited: bool,
) -> None:
    """Note pairs of people who are not in the lists, and pins that cannot all hold.

    ``limited`` tells whether a mentor's capacity counts under the policy.
    """
    capacity = {mentor.id: mentor.capacity for mentor in mentors}
    known = {mentee.id for mentee in mentees}
    for option, pairs in (("--pin", pinned), ("--forbid", forbidden)):
        for mentor, mentee in pairs:
            name = f"{mentor}:{mentee}"
            if mentor not in capacity:
                problem = f"mentor {quote(mentor)} is unknown"
                _note(problems, option, name, problem=problem, expected="an id of the mentors")
            if mentee not in known:
                problem = f"mentee {quote(mentee)} is unknown"
                _note(problems, option, name, problem=problem, expected="an id of the mentees")
    for mentor, mentee in pinned:
        if (mentor, mentee) in set(forbidden):
            name = f"{mentor}:{mentee}"
            _note(problems, "--pin", name, problem="is forbidden too", expected="one of both")
    _check_mentees(problems, pinned)
    if limited:
        _check_places(capacity, problems, pinned=pinned)


def _check_mentees(problems: list[Problem], pinned: Sequence[Pair]) -> None:
    for mentee, count in Counter(mentee for _, mentee in pinned).items():
        if count > 1:
            problem = f"mentee is pinned to {count} mentors"
            _note(problems, "--pin", mentee, problem=problem, expected="at most one")


def _check_places(
    capacity: dict[str, int], problems: list[Problem], *, pinned: Sequence[Pair]
) -> None:
    for mentor, count in Counter(mentor for mentor, _ in pinned).items():
        if count > capacity.get(mentor, count):
            problem = f"mentor is pinned to {count} mentees"
            expected = f"at most the capacity of {capacity[mentor]}"
            _note(problems, "--pin", mentor, problem=problem, expected=expected)


def _note(problems: list[Problem], option: str, name: str, *, problem: str, expected: str) -> None:
    problems.append(Problem(source=option, line=0, column=name, problem=problem, expected=expected))

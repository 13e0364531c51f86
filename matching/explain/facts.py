"""What there is to say about a pair, in codes and values."""

import numpy as np

from matching.checks import find_problems
from matching.cohort import Cohort
from matching.criteria import DESCRIBE
from matching.errors import InvalidInput
from matching.people import Mentee, Mentor
from matching.policy import Policy
from matching.result import Fact
from matching.scores import build_scoring


def facts(mentor: Mentor, mentee: Mentee, policy: Policy) -> tuple[Fact, ...]:
    """Tell what each criterion of the policy says about any two people.

    Raises
    ------
    InvalidInput
        If an entry of either cannot be used.

    Examples
    --------
    >>> ours = Mentor(id="M1", languages={"de": "C2"}, sectors=("86",))
    >>> theirs = Mentee(id="E1", languages={"de": "B2"}, sectors=("87",))
    >>> [fact] = facts(ours, theirs, Policy(weights={"sector": 10_000}))
    >>> fact.code, fact.points, fact.values
    ('same_section', 5000, {'mentor': '86', 'mentee': '87'})
    """
    for problem in (*find_problems(mentor), *find_problems(mentee)):
        raise InvalidInput(f"{problem.side} {problem.id}: {problem.field}: {problem.problem}")
    first = np.zeros(1, dtype=np.intp)
    [parts] = build_scoring(Cohort([mentor], [mentee], policy)).parts(first, first)
    return describe_pair(mentor, mentee, policy, parts=parts)


def describe_pair(
    mentor: Mentor, mentee: Mentee, policy: Policy, *, parts: dict[str, int]
) -> tuple[Fact, ...]:
    """Put codes and values beside the points of a pair."""
    described = {name: DESCRIBE[name](mentor, mentee, policy) for name in parts}
    return tuple(
        Fact(
            criterion=name,
            code=code,
            points=parts[name],
            weight=policy.weights[name],
            values=values,
        )
        for name, (code, values) in described.items()
    )

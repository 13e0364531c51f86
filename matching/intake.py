"""Take in what a caller gives: check it once, set aside, put in order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Index
from matching.assign.ties import Keys, tie_key, tie_keys
from matching.checks import SetAside, find_problems
from matching.cohort import Cohort, Side
from matching.errors import InvalidInput
from matching.people import Mentee, Mentor
from matching.policy import Policy
from matching.rules import Pair, Rule


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a caller asked for, whole: the input of one matching."""

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    policy: Policy
    pinned: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]
    running: tuple[Pair, ...]
    seed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Intake:
    """Who takes part, in an order that depends on ids and seed alone.

    Attributes
    ----------
    places : int array, shape (n_mentors,)
        Tandems that each mentor is free for.
    tie_keys : hashes of both sides' ids
    """

    cohort: Cohort
    set_aside: tuple[SetAside, ...]
    places: Index
    tie_keys: tuple[Keys, Keys]


def take_in(request: Request) -> Intake:
    """Check a request, set aside who cannot take part, and order the rest by hash.

    Raises
    ------
    InvalidInput
        If an argument is not what it should be, or an id occurs twice on one side.
    """
    _check_request(request)
    mentors, mentor_problems = _sort_out(request.mentors, request.seed)
    mentees, mentee_problems = _sort_out(request.mentees, request.seed)
    busy = {mentee for _, mentee in request.running}
    cohort = Cohort(
        mentors, [mentee for mentee in mentees if mentee.id not in busy], request.policy
    )
    return Intake(
        cohort=cohort,
        set_aside=(*mentor_problems, *mentee_problems),
        places=_free_places(cohort, request.running),
        tie_keys=(_keys(cohort.mentors, request.seed), _keys(cohort.mentees, request.seed)),
    )


def place_pins(request: Request, intake: Intake, rules: Mapping[str, Rule]) -> Index:
    """Find the pinned pairs' positions, shape (p, 2).

    Raises
    ------
    InvalidInput
        If a pin names somebody who takes no part, a pair that is forbidden or that a rule
        shuts out, or if pins claim one place twice.
    """
    pins = sorted(set(request.pinned))
    for mentor, mentee in pins:
        _check_pin(mentor, mentee, intake=intake, rules=rules)
        if (mentor, mentee) in request.forbidden:
            raise InvalidInput(f"pinned {mentor}:{mentee} is also forbidden")
    _check_places(pins, intake)
    rows, columns = intake.cohort.mentor_row, intake.cohort.mentee_column
    return np.array([(rows[a], columns[b]) for a, b in pins], dtype=np.intp).reshape(-1, 2)


def _check_request(request: Request) -> None:
    policy: object = request.policy
    seed: object = request.seed
    if not isinstance(policy, Policy):
        raise InvalidInput(f"policy: {policy!r} is not a Policy")
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise InvalidInput(f"seed: {seed!r} is not an integer")
    for name in ("pinned", "forbidden", "running"):
        for pair in getattr(request, name):
            if not _is_pair(pair):
                raise InvalidInput(f"{name}: {pair!r} is not a pair of ids")
    _check_people("mentors", request.mentors, Mentor)
    _check_people("mentees", request.mentees, Mentee)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(one, str) for one in pair)


def _check_people(name: str, people: Sequence[object], kind: type[Mentor | Mentee]) -> None:
    ids: list[object] = []
    for person in people:
        if not isinstance(person, kind):
            raise InvalidInput(f"{name}: {person!r} is not a {kind.__name__}")
        ids.append(person.id)
    times = Counter(one for one in ids if isinstance(one, str))
    doubled = sorted(one for one in times if times[one] > 1)
    if doubled:
        raise InvalidInput(f"{name}: id {doubled[0]!r} occurs {times[doubled[0]]} times")


def _sort_out(people: Sequence[Side], seed: int) -> tuple[list[Side], list[SetAside]]:
    complete: list[Side] = []
    problems: list[SetAside] = []
    for person in people:
        found = find_problems(person)
        problems.extend(found)
        if not found:
            complete.append(person)
    complete.sort(key=lambda person: (tie_key(person.id, seed), person.id))
    return complete, sorted(problems, key=lambda entry: entry.id)


def _keys(people: Sequence[Mentor] | Sequence[Mentee], seed: int) -> Keys:
    return tie_keys((person.id for person in people), seed)


def _check_pin(mentor: str, mentee: str, *, intake: Intake, rules: Mapping[str, Rule]) -> None:
    row = intake.cohort.mentor_row.get(mentor)
    column = intake.cohort.mentee_column.get(mentee)
    if row is None or column is None:
        missing = f"mentor {mentor!r}" if row is None else f"mentee {mentee!r}"
        raise InvalidInput(f"pinned {mentor}:{mentee}: {missing} takes no part")
    rows, columns = np.array([row]), np.array([column])
    broken = [name for name, rule in rules.items() if rule.pairs(rows, columns)[0]]
    if broken:
        raise InvalidInput(f"pinned {mentor}:{mentee} is against {', '.join(broken)}")


def _check_places(pins: Sequence[Pair], intake: Intake) -> None:
    for at, limit in ((0, intake.places.tolist()), (1, [1] * len(intake.cohort.mentees))):
        position = (intake.cohort.mentor_row, intake.cohort.mentee_column)[at]
        for person, times in Counter(pin[at] for pin in pins).items():
            if times > limit[position[person]]:
                claimed = ", ".join(f"{a}:{b}" for a, b in pins if person == (a, b)[at])
                places = limit[position[person]]
                raise InvalidInput(f"pinned {claimed}: {person} has {places} place(s)")


def _free_places(cohort: Cohort, running: Iterable[Pair]) -> Index:
    taken = Counter(mentor for mentor, _ in set(running))
    limited = "capacity" in cohort.policy.rules
    places = [
        max(mentor.capacity - taken[mentor.id], 0) if limited else len(cohort.mentees)
        for mentor in cohort.mentors
    ]
    return np.array(places, dtype=np.intp)

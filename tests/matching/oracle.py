"""What is meant, in the plainest way there is: by trying everything. For small inputs only."""

from collections.abc import Iterator
from itertools import product
from math import floor, hypot

import numpy as np

import matching

Pair = tuple[int, int]


def choices(allowed, capacity, pinned=()) -> Iterator[list[Pair]]:
    """Every choice of pairs that keeps the rules."""
    n_mentors, n_mentees = allowed.shape
    for mentors in product(range(-1, n_mentors), repeat=n_mentees):
        made = [(row, column) for column, row in enumerate(mentors) if row >= 0]
        if (
            all(allowed[pair] for pair in made)
            and all(mentors.count(row) <= capacity[row] for row in range(n_mentors))
            and set(pinned) <= set(made)
        ):
            yield made


def value(scores, made: list[Pair], aim: str) -> tuple[int, int]:
    """What the aim looks at, the more important number first."""
    total = sum(int(scores[pair]) for pair in made)
    return (len(made), total) if aim == "most" else (total, len(made))


def best(scores, allowed, capacity, pinned=(), aim="most") -> tuple[int, int]:
    """The value of the best choice that keeps the pins."""
    return max(value(scores, made, aim) for made in choices(allowed, capacity, pinned))


def lost(before: tuple[int, int], after: tuple[int, int], aim: str) -> matching.Cost:
    """The difference of two values as a cost."""
    first, second = before[0] - after[0], before[1] - after[1]
    tandems, score = (first, second) if aim == "most" else (second, first)
    return matching.Cost(tandems=tandems, score=score)


def half_up(fit: float) -> int:
    return floor(fit * 10_000 + 0.5 + 1e-9)


def fits(mentor: matching.Mentor, mentee: matching.Mentee, policy: matching.Policy):
    """Each criterion's fit in [0, 1], written down from its definition."""
    return {
        "sector": max((_sector(a, b) for a in mentor.sectors for b in mentee.sectors), default=0),
        "occupation": max(
            _prefix_fit(mentor.occupation, mentee.occupation),
            0.6 * _prefix_fit(mentor.occupation, mentee.past_occupation),
        ),
        "qualification": _qualification(mentor, mentee),
        "language": _language(mentor, mentee, policy.language_floor),
        "needs": len(mentee.needs & mentor.offers) / max(len(mentee.needs), 1),
        "reach": _reach(mentor, mentee, policy),
        "wishes": _wishes(mentor, mentee),
        "availability": _availability(mentor, mentee),
        "waiting": [0, 0.5, 0.8, 1][min(mentee.waiting, 3)],
    }


def score(mentor, mentee, policy) -> int:
    fit = fits(mentor, mentee, policy)
    return sum(
        weight * half_up(fit[criterion]) // 10_000 for criterion, weight in policy.weights.items()
    )


def _sector(one: str, other: str) -> float:
    if one == other and one.isdigit():
        return 1
    ours, theirs = matching.SECTION_OF[one], matching.SECTION_OF[other]
    if ours == theirs:
        return 0.5
    table = matching.RELATED_SECTIONS
    return 0.25 if (ours, theirs) in table or (theirs, ours) in table else 0


def _shared_digits(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 0
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _prefix_fit(one: str | None, other: str | None) -> float:
    return [0, 0.2, 0.5, 0.8, 1][_shared_digits(one, other)]


def _qualification(mentor, mentee) -> float:
    level = 0.0
    if mentor.level and mentee.level:
        level = 0.5 * (1 - abs(mentor.level - mentee.level) / 7)
    shared = max((_shared_digits(a, b) for a in mentor.fields for b in mentee.fields), default=0)
    knows = mentee.occupation and any(mentee.occupation.startswith(p) for p in mentor.recognition)
    settled = mentee.recognition in {"full", "not_needed"} or knows
    table = matching.RELATED_FIELDS
    near = [(a[:3], b[:3]) for a in mentor.fields for b in mentee.fields]
    related = 0.15 if any(pair in table or pair[::-1] in table for pair in near) else 0
    return level + 0.3 * max([0, 0, 0.3, 0.6, 1][shared], related) + (0.2 if settled else 0)


def _language(mentor, mentee, floor_level) -> float:
    rank = matching.CEFR.index
    both = mentor.languages.keys() & mentee.languages.keys()
    lower = [min(rank(mentor.languages[c]), rank(mentee.languages[c])) for c in both]
    working = [level for level in lower if level >= rank(floor_level)]
    if not working:
        return 0
    steps = rank("C2") - rank(floor_level)
    best = (max(working) - rank(floor_level)) / steps if steps else 1
    return min(best + (0.2 if len(working) > 1 else 0), 1)


def _reach(mentor, mentee, policy) -> float:
    if _can(mentor, "online") and _can(mentee, "online"):
        return 1
    together = _can(mentor, "in_person") and _can(mentee, "in_person")
    if not together or mentor.place is None or mentee.place is None:
        return 0
    km = hypot(*np.subtract(mentor.place, mentee.place)) / 1000
    limit = max(
        policy.reach_km if person.reach_km is None else person.reach_km
        for person in (mentor, mentee)
    )
    if km > limit:
        return 0
    return 1 - km / limit if limit else 1


def _wishes(mentor, mentee) -> float:
    ranking = [name for at, name in enumerate(mentee.prefer) if name not in mentee.prefer[:at]]
    rank = ranking.index(mentor.id) if mentor.id in ranking else 9
    meant = {f"need:{need}" for need in mentee.needs}
    for occupation in (mentee.occupation or "", mentee.past_occupation or ""):
        meant |= {f"occupation:{occupation[:digits]}" for digits in range(1, len(occupation) + 1)}
    return {0: 0.5, 1: 0.4, 2: 0.3}.get(rank, 0) + (0.5 if meant & set(mentor.prefer) else 0)


def _availability(mentor, mentee) -> float:
    ours, theirs = mentor.slots or set(), mentee.slots or set()
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0


def _can(person, mode: str) -> bool:
    return mode in (person.modes if person.modes is not None else {"in_person"})

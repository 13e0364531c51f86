"""People of whom a test says only what it is about: by themselves, any two may meet."""

from collections.abc import Mapping
from typing import Any

import matching

POLICY = matching.Policy()


def mentor(name: str = "M1", **fields: Any) -> matching.Mentor:
    return matching.Mentor(**{"id": name, "languages": {"de": "C2"}, "modes": ONLINE} | fields)


def mentee(name: str = "E1", **fields: Any) -> matching.Mentee:
    return matching.Mentee(**{"id": name, "languages": {"de": "B2"}, "modes": ONLINE} | fields)


def pairs(result: matching.Result) -> list[tuple[str, str]]:
    return [(proposal.mentor, proposal.mentee) for proposal in result.proposals]


def reasons(result: matching.Result, name: str) -> Mapping[str, int]:
    [person] = [p for p in (*result.unmatched_mentees, *result.unmatched_mentors) if p.id == name]
    return person.reasons


ONLINE = frozenset({"online"})

"""People of whom a test says only what it is about: by themselves, any two may meet."""

import matching

POLICY = matching.Policy()


def mentor(id: str = "M1", **fields) -> matching.Mentor:
    return matching.Mentor(**{"id": id, "languages": {"de": "C2"}, "modes": ONLINE} | fields)


def mentee(id: str = "E1", **fields) -> matching.Mentee:
    return matching.Mentee(**{"id": id, "languages": {"de": "B2"}, "modes": ONLINE} | fields)


def pairs(result: matching.Result) -> list[tuple[str, str]]:
    return [(proposal.mentor, proposal.mentee) for proposal in result.proposals]


def reasons(result: matching.Result, id: str):
    [person] = [p for p in (*result.unmatched_mentees, *result.unmatched_mentors) if p.id == id]
    return person.reasons


ONLINE = frozenset({"online"})

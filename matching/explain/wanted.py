"""Mentors whom those left out would need."""

from typing import Final, TypeAlias

from matching.codes import SECTION_OF
from matching.criteria.language import RANK
from matching.people import Mentee, Mentor
from matching.result import Result

GROUP_DIGITS: Final = 2
"""Kinds of mentors are told apart by sub-major groups of ISCO-08."""

Kind: TypeAlias = tuple[
    str | None,
    tuple[str, ...],
    tuple[str, ...],
    tuple[float, float] | None,
    int | None,
    str | None,
    frozenset[str] | None,
    frozenset[str] | None,
]


def wanted_mentors(result: Result) -> tuple[Mentor, ...]:
    """Imagine the mentors whom the unmatched mentees would need.

    One for each combination of ISCO sub-major group, sections, working languages, place,
    level and, where it is a wish, gender among them: ids count from ``new-1`` in the order
    of the mentees' ids.
    """
    left = {person.id for person in result.unmatched_mentees}
    floor = RANK[result.outcome.cohort.policy.language_floor]
    mentees = [mentee for mentee in result.outcome.cohort.mentees if mentee.id in left]
    taken = {mentor.id for mentor in result.request.mentors}
    kinds = dict.fromkeys(_kind(m, floor) for m in sorted(mentees, key=lambda m: m.id))
    names = (f"new-{at}" for at in range(1, len(kinds) + len(taken) + 1))
    return tuple(
        Mentor(
            id=name,
            occupation=occupation,
            sectors=sectors,
            languages=dict.fromkeys(languages, "C2"),
            place=place,
            level=level,
            gender=gender,
            modes=modes,
            slots=slots,
        )
        for name, (occupation, sectors, languages, place, level, gender, modes, slots) in zip(
            (name for name in names if name not in taken), kinds, strict=False
        )
    )


def _kind(mentee: Mentee, floor: int) -> Kind:
    spoken = sorted(code for code, level in mentee.languages.items() if RANK[level] >= floor)
    return (
        mentee.occupation and mentee.occupation[:GROUP_DIGITS],
        tuple(sorted({SECTION_OF[sector] for sector in mentee.sectors})),
        tuple(spoken or sorted(mentee.languages)),
        mentee.place and (mentee.place[0], mentee.place[1]),
        mentee.level,
        mentee.gender if mentee.same_gender else None,
        None if mentee.modes is None else frozenset(mentee.modes),
        None if mentee.slots is None else frozenset(mentee.slots),
    )

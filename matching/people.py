"""Who takes part: mentors and mentees, described by codes and metres."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True)
class Mentor:
    """Somebody who accompanies mentees.

    Nothing is checked when a person is made: :func:`matching.match` sets aside whoever
    has a value that it does not know, so that one bad entry never stops a round.

    Attributes
    ----------
    languages : mapping of ISO 639 code to CEFR level
    sectors : NACE 2.1 section letters or two-digit divisions
    occupation : ISCO-08, one to four digits
    level : EQF level, 1 to 8
    fields : ISCED-F 2013, two to four digits
    recognition : ISCO-08 prefixes of the occupations whose recognition path is known
    place : x and y in metres, on any plane that all people share
    reach_km : how far the person travels; the policy's default where missing
    modes : of ``in_person`` and ``online``; in person where missing
    slots : weekly times such as ``mo-eve``
    capacity : how many tandems at a time
    avoid : ``mentee:<id>``, ``mentor:<id>`` or ``company:<id>``
    prefer : ``occupation:<ISCO prefix>`` or ``need:<code>``

    Examples
    --------
    >>> Mentor(id="M1", languages={"de": "C2"}, occupation="2221", offers={"network"}).capacity
    1
    """

    id: str
    languages: Mapping[str, str] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    occupation: str | None = None
    level: int | None = None
    fields: tuple[str, ...] = ()
    recognition: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    reach_km: float | None = None
    modes: frozenset[str] | None = None
    slots: frozenset[str] | None = None
    capacity: int = 1
    gender: str | None = None
    offers: frozenset[str] = frozenset()
    company: str | None = None
    avoid: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mentee:
    """Somebody who looks for a mentor; codes as in :class:`Mentor`.

    Attributes
    ----------
    sectors, occupation : where the mentee wants to go
    past_occupation : ISCO-08, where the mentee comes from
    recognition : ``none``, ``applied``, ``partial``, ``full`` or ``not_needed``
    waiting : rounds in which the mentee was left without a tandem
    previous : ids of mentors tried before
    gender, same_gender : used for the mentee's own wish and for nothing else
    needs : codes of what the mentee asks for
    prefer : ids of mentors, the most wished for first

    Examples
    --------
    >>> Mentee(id="E1", languages={"de": "B1"}, occupation="2221", needs={"network"}).waiting
    0
    """

    id: str
    languages: Mapping[str, str] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    occupation: str | None = None
    past_occupation: str | None = None
    level: int | None = None
    fields: tuple[str, ...] = ()
    recognition: str | None = None
    place: tuple[float, float] | None = None
    reach_km: float | None = None
    modes: frozenset[str] | None = None
    slots: frozenset[str] | None = None
    waiting: int = 0
    previous: tuple[str, ...] = ()
    gender: str | None = None
    same_gender: bool = False
    needs: frozenset[str] = frozenset()
    avoid: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()


Person: TypeAlias = Mentor | Mentee


def can(person: Person, mode: str) -> bool:
    """Whether the person takes part in this mode; in person where nothing is said."""
    return mode in (person.modes or ("in_person",))

"""Bring mentors and mentees together, one to one, and say why.

People in, proposals with reasons out. Nothing here reads a database, a clock or a file, and
nothing is written for a reader: reasons are codes and numbers, which the application puts
into words.
"""

from matching.assign import Assignment, Certificate, Prices, Source, Tile, assign, verify
from matching.checks import PROBLEMS, SetAside
from matching.codes import (
    BROAD_FIELDS,
    CEFR,
    DIVISIONS,
    GENDERS,
    LEVELS,
    MODES,
    NEEDS,
    RECOGNITION,
    RELATED_FIELDS,
    RELATED_SECTIONS,
    SECTION_OF,
    SECTIONS,
    SLOTS,
)
from matching.errors import InvalidInput, Refuted
from matching.explain.alternatives import alternatives, margin
from matching.explain.changes import changes
from matching.explain.facts import facts
from matching.explain.groups import Group, Groups, groups
from matching.explain.recruit import Recruit, recruit
from matching.explain.stability import stability
from matching.explain.what_if import Difference, Rescored, what_if
from matching.match import ENGINE, STEPS, match
from matching.people import Mentee, Mentor
from matching.policy import (
    AIMS,
    CRITERIA,
    DEFAULT_PARAMETERS,
    DEFAULT_RULES,
    DEFAULT_WEIGHTS,
    FULL,
    RULES,
    Policy,
)
from matching.result import Alternative, Change, Cost, Fact, Move, Proposal, Result, Unmatched
from matching.simulate import simulate
from matching.simulate.regions import REGIONS

__all__ = [
    "AIMS",
    "BROAD_FIELDS",
    "CEFR",
    "CRITERIA",
    "DEFAULT_PARAMETERS",
    "DEFAULT_RULES",
    "DEFAULT_WEIGHTS",
    "DIVISIONS",
    "ENGINE",
    "FULL",
    "GENDERS",
    "LEVELS",
    "MODES",
    "NEEDS",
    "PROBLEMS",
    "RECOGNITION",
    "REGIONS",
    "RELATED_FIELDS",
    "RELATED_SECTIONS",
    "RULES",
    "SECTIONS",
    "SECTION_OF",
    "SLOTS",
    "STEPS",
    "Alternative",
    "Assignment",
    "Certificate",
    "Change",
    "Cost",
    "Difference",
    "Fact",
    "Group",
    "Groups",
    "InvalidInput",
    "Mentee",
    "Mentor",
    "Move",
    "Policy",
    "Prices",
    "Proposal",
    "Recruit",
    "Refuted",
    "Rescored",
    "Result",
    "SetAside",
    "Source",
    "Tile",
    "Unmatched",
    "alternatives",
    "assign",
    "changes",
    "facts",
    "groups",
    "margin",
    "match",
    "recruit",
    "simulate",
    "stability",
    "verify",
    "what_if",
]

"""Lists as coordinators keep them, understood as far as they can be, with no guess in silence."""

from tandem.services.imports.asking import normalise
from tandem.services.imports.roles import LEAVE_OUT, NOTE, ROLES
from tandem.services.imports.understanding import (
    Corrections,
    NoList,
    guess_kind,
    survey,
    understand,
)
from tandem.services.imports.understood import (
    Answers,
    Aside,
    Column,
    Company,
    Key,
    OtherSheet,
    Person,
    Question,
    Said,
    Sure,
    Understanding,
    Understood,
    Value,
)

__all__ = [
    "LEAVE_OUT",
    "NOTE",
    "ROLES",
    "Answers",
    "Aside",
    "Column",
    "Company",
    "Corrections",
    "Key",
    "NoList",
    "OtherSheet",
    "Person",
    "Question",
    "Said",
    "Sure",
    "Understanding",
    "Understood",
    "Value",
    "guess_kind",
    "normalise",
    "survey",
    "understand",
]

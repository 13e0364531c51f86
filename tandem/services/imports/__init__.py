"""Lists as coordinators keep them, understood as far as they can be, with no guess in silence."""

from tandem.services.imports.asking import normalise
from tandem.services.imports.choices import FIELDS, accepts
from tandem.services.imports.coded import Misread, is_coded, misread
from tandem.services.imports.plain import from_plain, to_plain
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
    "FIELDS",
    "LEAVE_OUT",
    "NOTE",
    "ROLES",
    "Answers",
    "Aside",
    "Column",
    "Company",
    "Corrections",
    "Key",
    "Misread",
    "NoList",
    "OtherSheet",
    "Person",
    "Question",
    "Said",
    "Sure",
    "Understanding",
    "Understood",
    "Value",
    "accepts",
    "from_plain",
    "guess_kind",
    "is_coded",
    "misread",
    "normalise",
    "survey",
    "to_plain",
    "understand",
]

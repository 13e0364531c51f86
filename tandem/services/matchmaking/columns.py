"""Columns of the lists of mentors and mentees: the contract of `tandem match`."""

from tandem.services.matchmaking.cells import (
    ID,
    LANGUAGES,
    PLACE,
    YES_NO,
    Form,
    code,
    integer,
    number,
    one_of,
    several,
    tagged,
)
from tandem.taxonomy import (
    GENDERS,
    MODES,
    NEEDS,
    RECOGNITION,
    SLOTS,
    is_field,
    is_occupation,
    is_sector,
)

REQUIRED = ("id", "languages")
MAX_KM = 2_000
MAX_COUNT = 1_000
MAX_CAPACITY = 1_000

_SECTOR = code(is_sector, "a section letter or a two-digit division of NACE 2.1")
_OCCUPATION = code(is_occupation, "an ISCO-08 code of 1 to 4 digits")
_FIELD = code(is_field, "an ISCED-F 2013 code of 2 to 4 digits")
_NEED = one_of(NEEDS)

_BOTH: dict[str, Form] = {
    "id": ID,
    "sectors": several(_SECTOR),
    "occupation": _OCCUPATION,
    "level": integer(low=1, high=8),
    "fields": several(_FIELD),
    "languages": LANGUAGES,
    "place": PLACE,
    "reach_km": number(high=MAX_KM),
    "modes": several(one_of(MODES), into=frozenset),
    "slots": several(code(SLOTS, "a slot such as mo-am, tu-pm or we-eve"), into=frozenset),
    "gender": one_of(GENDERS),
    "avoid": several(tagged({"company": ID, "mentor": ID, "mentee": ID})),
}
MENTOR_COLUMNS: dict[str, Form] = _BOTH | {
    "recognition": several(_OCCUPATION),
    "capacity": integer(high=MAX_CAPACITY),
    "offers": several(_NEED, into=frozenset),
    "company": ID,
    "prefer": several(tagged({"occupation": _OCCUPATION, "need": _NEED})),
}
MENTEE_COLUMNS: dict[str, Form] = _BOTH | {
    "past_occupation": _OCCUPATION,
    "recognition": one_of(RECOGNITION),
    "waiting": integer(high=MAX_COUNT),
    "previous": several(ID),
    "same_gender": YES_NO,
    "needs": several(_NEED, into=frozenset),
    "prefer": several(ID),
}

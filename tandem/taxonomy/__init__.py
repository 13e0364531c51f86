"""Codes of sectors, occupations, fields, languages and places, and their names in words."""

from tandem.taxonomy.codes import (
    CEFR,
    DAYS,
    GENDERS,
    LEVELS,
    MODES,
    NEEDS,
    RECOGNITION,
    SLOTS,
    TIMES_OF_DAY,
)
from tandem.taxonomy.fields import field_name, fields, is_field
from tandem.taxonomy.languages import OFFERED, is_language, language_name, languages
from tandem.taxonomy.names import Group, Named
from tandem.taxonomy.occupations import is_occupation, occupation_name, occupations
from tandem.taxonomy.places import is_postal_code, locate
from tandem.taxonomy.sectors import is_sector, section_of, sector_name, sectors

__all__ = [
    "CEFR",
    "DAYS",
    "GENDERS",
    "LEVELS",
    "MODES",
    "NEEDS",
    "OFFERED",
    "RECOGNITION",
    "SLOTS",
    "TIMES_OF_DAY",
    "Group",
    "Named",
    "field_name",
    "fields",
    "is_field",
    "is_language",
    "is_occupation",
    "is_postal_code",
    "is_sector",
    "language_name",
    "languages",
    "locate",
    "occupation_name",
    "occupations",
    "section_of",
    "sector_name",
    "sectors",
]

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
    TRAVEL,
)
from tandem.taxonomy.countries import countries, country_name, is_country
from tandem.taxonomy.esco import use
from tandem.taxonomy.fields import field_name, fields, is_field
from tandem.taxonomy.found import Found, Matched
from tandem.taxonomy.languages import OFFERED, is_language, language_name, languages
from tandem.taxonomy.names import Group, Named
from tandem.taxonomy.occupations import (
    is_occupation,
    occupation_name,
    occupations,
    search_occupations,
)
from tandem.taxonomy.places import is_postal_code, locate
from tandem.taxonomy.regulation import Regulation, regulation_of
from tandem.taxonomy.sectors import is_sector, search_sectors, section_of, sector_name, sectors
from tandem.taxonomy.towns import Place, search_places, town_names

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
    "TRAVEL",
    "Found",
    "Group",
    "Matched",
    "Named",
    "Place",
    "Regulation",
    "countries",
    "country_name",
    "field_name",
    "fields",
    "is_country",
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
    "regulation_of",
    "search_occupations",
    "search_places",
    "search_sectors",
    "section_of",
    "sector_name",
    "sectors",
    "town_names",
    "use",
]

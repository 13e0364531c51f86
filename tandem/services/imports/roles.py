"""What a column of a list can hold: by which headers it is known, and how its cells are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tandem.models import ImportKind
from tandem.services.imports.reading import contacts, dates, learning, names, wishes, work
from tandem.services.imports.reading.languages import names_languages
from tandem.services.imports.reading.outcome import Reader
from tandem.services.imports.reading.places import has_postal_code
from tandem.taxonomy import CEFR

NOTE = "note"
"""The role of a column whose cells go into the staff note."""
LEAVE_OUT = "leave_out"
"""The role of a column that is not read at all."""
LANGUAGE_ROLE = "language:"
"""The beginning of the role of a column about one language, such as ``language:de``."""

Weight = Literal["telling", "supporting", "needed", "none"]


@dataclass(frozen=True, kw_only=True)
class Role:
    """A meaning of a column.

    Attributes
    ----------
    headers : words by which it is known, normalised
    reader : reads its cells; None where that depends on the whole list
    fits : tells whether a text may stand in such a column
    weight : ``telling`` where the values alone can show the role, ``supporting`` where they
        only speak for it, ``needed`` where a header is not believed without them
    may_repeat : whether several columns can have it
    """

    headers: tuple[str, ...]
    reader: Reader | None = None
    fits: Callable[[str], bool] | None = None
    weight: Weight = "none"
    may_repeat: bool = False


def _is_phone(text: str) -> bool:
    return contacts.has_phone(text) and not contacts.has_mail(text)


def _is_salutation(text: str) -> bool:
    return names.gender_of(text) is not None


def _is_level(text: str) -> bool:
    return text.upper()[:2] in CEFR


def _is_name(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return names.looks_like_a_name(text) and "@" not in text and 2 * digits < len(text)


def _is_yes_or_no(text: str) -> bool:
    return wishes.yes_or_no(text) is not None


_BOTH: dict[str, Role] = {
    "name": Role(
        headers=("name", "name vorname", "nachname vorname", "vorname nachname", "vor und nachname",
                 "vorname name", "full name", "person", "teilnehmer", "teilnehmerin"),
        reader=names.read_name, fits=_is_name, weight="needed",
    ),
    "first_name": Role(
        headers=("vorname", "first name", "given name", "rufname", "vornamen", "first_name"),
        reader=names.read_first_name, fits=_is_name, weight="needed",
    ),
    "last_name": Role(
        headers=("nachname", "familienname", "zuname", "last name", "surname", "family name"),
        reader=names.read_last_name, fits=_is_name, weight="needed",
    ),
    "gender": Role(
        headers=("anrede", "geschlecht", "salutation", "gender", "sex", "m w d", "m w", "w m d"),
        reader=names.read_salutation, fits=_is_salutation, weight="telling",
    ),
    "email": Role(
        headers=("e mail", "email", "mail", "mailadresse", "e mail adresse", "emailadresse",
                 "mail adresse", "e mail address"),
        reader=contacts.read_email, fits=contacts.has_mail, weight="telling",
    ),
    "phone": Role(
        headers=("telefon", "telefonnummer", "handy", "mobil", "mobilnummer", "handynummer",
                 "phone", "phone number", "rufnummer", "festnetz", "whatsapp", "mobile"),
        reader=contacts.read_phone, fits=_is_phone, weight="telling", may_repeat=True,
    ),
    "place": Role(
        headers=("plz ort", "plz", "ort", "wohnort", "postleitzahl", "plz wohnort", "stadt",
                 "place", "postal code", "zip", "adresse", "anschrift", "city", "town", "standort",
                 "address", "postleitzahl ort", "zip code", "postcode"),
        fits=has_postal_code, weight="telling", may_repeat=True,
    ),
    "languages": Role(
        headers=("sprachen", "sprache", "weitere sprachen", "sprachkenntnisse", "andere sprachen",
                 "fremdsprachen", "languages", "other languages", "language"),
        fits=names_languages, weight="telling", may_repeat=True,
    ),
    "native_languages": Role(
        headers=("muttersprache", "muttersprachen", "erstsprache", "mother tongue",
                 "native language", "native languages"),
        fits=names_languages, weight="supporting", may_repeat=True,
    ),
    "topics": Role(
        headers=("themen", "topics"),
        reader=wishes.read_topics, may_repeat=True,
    ),
    "fields": Role(
        headers=("fachrichtung", "studienfach", "fach", "fachgebiet", "field of study", "fields",
                 "studiengang", "fachbereich"),
        reader=learning.read_fields,
    ),
    "level": Role(
        headers=("abschluss", "hoechster abschluss", "qualifikation", "bildungsabschluss",
                 "ausbildung", "qualification", "degree", "level", "bildung", "studium"),
        reader=learning.read_level,
    ),
    "reach_km": Role(
        headers=("umkreis", "radius", "entfernung", "reach km", "reach", "km"),
        reader=wishes.reader_of_number("reach_km", high=1_000),
    ),
    "modes": Role(
        headers=("treffen", "online vor ort", "art der treffen", "modes", "format", "treffpunkt"),
        reader=wishes.read_modes,
    ),
    "slots": Role(
        headers=("slots", "verfuegbarkeit", "zeiten", "wann", "availability"),
        reader=wishes.read_slots,
    ),
}  # fmt: skip

_MENTEES: dict[str, Role] = {
    "past_occupation": Role(
        headers=("beruf herkunft", "beruf", "erlernter beruf", "bisheriger beruf",
                 "past occupation", "ausbildungsberuf", "beruf im heimatland", "taetigkeit",
                 "letzte taetigkeit", "herkunftsberuf", "profession", "beruf bisher"),
        reader=work.read_past_occupation, fits=work.is_called, weight="supporting",
    ),
    "occupation": Role(
        headers=("wunsch", "wunschberuf", "berufswunsch", "zielberuf", "ziel", "gesucht", "sucht",
                 "gesuchte stelle", "occupation", "target occupation", "berufsziel", "moechte",
                 "wunsch beruf", "gewuenschte taetigkeit", "angestrebter beruf", "traumberuf",
                 "gewuenschter beruf", "wunschtaetigkeit", "zieltaetigkeit", "berufliches ziel",
                 "desired job", "job wish", "interesse"),
        reader=work.read_occupation, fits=work.is_called, weight="supporting",
    ),
    "sectors": Role(
        headers=("branche", "wunschbranche", "sectors", "sector", "branchen"),
        reader=work.read_sectors,
    ),
    "recognition": Role(
        headers=("anerkennung", "anerkannt", "recognition", "recognised", "anerkennungsstatus",
                 "abschluss anerkannt", "anerkennung in deutschland"),
        reader=learning.read_recognition,
    ),
    "experience_years": Role(
        headers=("berufserfahrung", "erfahrung", "jahre erfahrung", "experience", "berufsjahre"),
        reader=wishes.reader_of_number("experience_years", high=60),
    ),
    "travel": Role(
        headers=("pkw", "auto", "mobilitaet", "fuehrerschein", "travel", "car", "fahrzeug"),
        reader=wishes.read_travel,
    ),
    "same_gender": Role(
        headers=("nur frau als mentorin", "nur mentorin", "nur frauen", "same gender", "nur frau",
                 "frau als mentorin", "gleiches geschlecht", "mentorin gewuenscht", "nur weiblich"),
        reader=wishes.reader_of_yes_no("same_gender"), fits=_is_yes_or_no, weight="supporting",
    ),
    "talked_on": Role(
        headers=("erstgespraech", "gespraech", "erstgespraech am", "gespraech am", "talked on",
                 "datum erstgespraech", "kennenlernen", "first talk", "talk"),
        reader=dates.reader_of_day("talked_on"),
    ),
    "needs": Role(
        headers=("bedarf", "unterstuetzung", "braucht", "needs", "hilfe bei", "wuensche",
                 "unterstuetzungsbedarf", "unterstuetzung bei", "wobei hilfe"),
        reader=wishes.read_topics, may_repeat=True,
    ),
    "about": Role(
        headers=("motivation", "ueber mich", "about", "goal", "ziele"),
        reader=wishes.reader_of_text("about"),
    ),
}  # fmt: skip

_COMPANIES: dict[str, Role] = {
    "company": Role(
        headers=("firma", "unternehmen", "betrieb", "company", "firmenname", "arbeitgeber",
                 "name des unternehmens", "company name", "organisation", "name der firma"),
        reader=wishes.reader_of_text("name", longest=120),
    ),
    "sector": Role(
        headers=("branche", "sektor", "wirtschaftszweig", "sector", "industry"),
        reader=work.read_company_sector, fits=work.is_sector_called, weight="supporting",
    ),
    "name": Role(
        headers=(*_BOTH["name"].headers, "ansprechpartner", "ansprechpartnerin", "kontaktperson",
                 "mentor", "mentorin", "kontakt", "contact", "contact person", "mentor in",
                 "ansprechperson", "mentorin mentor"),
        reader=names.read_name, fits=_is_name, weight="needed",
    ),
    "job_title": Role(
        headers=("funktion", "position", "rolle", "job title", "stellung", "function",
                 "taetigkeit"),
        reader=wishes.reader_of_text("job_title", longest=120),
    ),
    "occupation": Role(
        headers=("beruf", "occupation", "profession"), reader=work.read_occupation,
    ),
    "recognition_paths": Role(
        headers=("recognition", "recognition paths"), reader=work.read_recognition_paths,
    ),
    "capacity": Role(
        headers=("wie viele mentees", "kapazitaet", "anzahl mentees", "plaetze", "capacity",
                 "mentees", "max mentees", "how many mentees", "anzahl plaetze"),
        reader=wishes.read_capacity,
    ),
    "offers": Role(
        headers=("kann helfen bei", "angebot", "bietet", "hilft bei", "unterstuetzt bei", "offers",
                 "unterstuetzung", "can help with", "hilfe bei", "angebote"),
        reader=wishes.read_topics, may_repeat=True,
    ),
    "sectors": Role(headers=("sectors",), reader=work.read_sectors),
    "prefer": Role(headers=("prefer",), reader=wishes.read_preferences),
    "website": Role(
        headers=("website", "webseite", "homepage", "internet", "www", "url", "web"),
        reader=contacts.read_website,
    ),
    "size": Role(
        headers=("mitarbeiter", "mitarbeitende", "mitarbeiterzahl", "groesse",
                 "anzahl mitarbeiter", "ma", "employees", "beschaeftigte", "size",
                 "betriebsgroesse"),
        reader=work.read_company_size,
    ),
    "internships": Role(
        headers=("praktikum", "praktikum moeglich", "praktika", "praktikumsplaetze", "internships"),
        reader=wishes.reader_of_yes_no("internships"),
    ),
    "about": Role(headers=("about",), reader=wishes.reader_of_text("about")),
}  # fmt: skip

ROLES: Mapping[ImportKind, Mapping[str, Role]] = {
    ImportKind.MENTEES: _BOTH | _MENTEES,
    ImportKind.COMPANIES: _BOTH | _COMPANIES,
}
"""What the columns of each kind of list can hold."""
COMPANY_ROLES = frozenset({"company", "sector", "website", "size", "internships"})
"""What is said of the company, not of its mentor."""
NAMING_ROLES = ("name", "first_name", "last_name")
"""What names a person."""

SENSITIVE = (
    "religion", "konfession", "glaube", "nationalitaet", "staatsangehoerigkeit", "herkunftsland",
    "herkunft", "ethnie", "volksgruppe", "aufenthalt", "aufenthaltsstatus", "aufenthaltstitel",
    "asyl", "geburtsdatum", "geb", "geboren", "geburtsjahr", "alter", "krankheit", "gesundheit",
    "behinderung", "familienstand", "kinder", "verheiratet", "schwanger", "foto", "nationality",
    "residence", "birth", "birthday", "age", "health", "disability", "children", "marital",
)  # fmt: skip
"""Words of headers, normalised, for what counts in no match and is better not kept."""

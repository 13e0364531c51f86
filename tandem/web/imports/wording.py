"""Lists, their columns and what was understood of them, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tandem.models import CompanySize, Import, ImportKind, ImportState
from tandem.services import intake
from tandem.services.imports import LEAVE_OUT, NOTE, Column, Value
from tandem.services.imports.roles import LANGUAGE_ROLE
from tandem.web import codes

KINDS = {
    ImportKind.MENTEES: _l("Mentees"),
    ImportKind.COMPANIES: _l("Companies and their mentors"),
}
STATES = {
    ImportState.QUEUED: _l("Waits to be read"),
    ImportState.READING: _l("Being read"),
    ImportState.ASKING: _l("Waits for you"),
    ImportState.TAKING: _l("Being taken over"),
    ImportState.TAKEN: _l("Taken over"),
    ImportState.DROPPED: _l("Discarded"),
    ImportState.FAILED: _l("Could not be read"),
}
BADGES = {
    ImportState.ASKING: "warning",
    ImportState.TAKEN: "success",
    ImportState.FAILED: "danger",
}
SIZES = {
    CompanySize.MICRO: _l("fewer than 10 people"),
    CompanySize.SMALL: _l("10 to 49 people"),
    CompanySize.MEDIUM: _l("50 to 249 people"),
    CompanySize.LARGE: _l("250 people or more"),
}
FIELDS = {
    "name": _l("Name"),
    "first_name": _l("First name"),
    "last_name": _l("Last name"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone"),
    "gender": _l("Gender"),
    "place": _l("Place or postal code"),
    "postal_code": _l("Place"),
    "languages": _l("Languages"),
    "native_languages": _l("First language"),
    "language": _l("Language"),
    "language_level": _l("Level of a language"),
    "unstated_level": _l("Language without a level"),
    "topic": _l("Topic"),
    "topics": _l("Topics"),
    "needs": _l("Needs"),
    "offers": _l("Offers"),
    "occupation": _l("Occupation"),
    "occupation_words": _l("Occupation in their words"),
    "past_occupation": _l("Occupation so far"),
    "past_occupation_words": _l("Occupation so far in their words"),
    "experience_years": _l("Years of experience"),
    "sector": _l("Sector"),
    "sectors": _l("Sectors"),
    "field": _l("Field of study or training"),
    "fields": _l("Fields of study or training"),
    "level": _l("Qualification"),
    "qualification_name": _l("Name of the qualification"),
    "recognition": _l("Recognition"),
    "recognition_paths": _l("Knows the recognition of"),
    "reach_km": _l("Reach in km"),
    "modes": _l("Ways to meet"),
    "travel": _l("How they get about"),
    "slots": _l("Times of the week"),
    "about": _l("Aim, or what they pass on"),
    "job_title": _l("Function"),
    "capacity": _l("Places"),
    "prefer": _l("Would like best"),
    "same_gender": _l("Only a mentor of the same gender"),
    "talked_on": _l("Day of the first talk"),
    "company": _l("Company"),
    "website": _l("Website"),
    "size": _l("Size"),
    "internships": _l("Internships possible"),
}
_ROLES = {
    NOTE: _l("Keep as a note for the team"),
    LEAVE_OUT: _l("Leave out"),
}
REMARKS = {
    "several_people": _l("This row seems to name more than one person."),
    "contradicts": _l("Two cells contradict each other; the second one is in the note."),
    "company_from_above": _l("No company is named here; the one above is used."),
    "sector_differs": _l("Another row names another sector for this company."),
    "only_women_but_a_man": _l("A man who wishes for a woman only: please ask."),
}
BECAUSE = {
    "same_mail": _l("the same e-mail address"),
    "similar_name": _l("a similar name and the same place"),
}
DOUBLES = {
    intake.Double.SKIP: _l("Leave this row out"),
    intake.Double.NOTE: _l("The same person: keep this row as a note"),
    intake.Double.TAKE: _l("Somebody else: take in"),
}
TAKEN = {
    "address_in_use": _l(
        "Entered without an e-mail address, since no new account can be made for the one "
        "in the list. The address is in the note."
    ),
    "gone": _l("Whom this row was to be a note about is no longer there."),
}
_REFUSED = {
    "too_large": _l("The file is larger than %(limit)s MB."),
    "not_text": _l("This is neither a workbook nor a CSV file."),
    "not_csv": _l("This CSV file is damaged: a quotation mark is not closed."),
    "not_a_workbook": _l("This is not a workbook. Save the list as .xlsx or .csv."),
    "old_workbook": _l("This is a workbook of the old kind (.xls). Save it as .xlsx."),
    "other_workbook": _l("This is a workbook of another kind. Save it as .xlsx."),
    "locked": _l("The workbook is protected by a password. Save it without one."),
    "macros": _l("The workbook holds macros. Save it as .xlsx."),
    "damaged": _l("The workbook is damaged. Open it in your spreadsheet and save it again."),
    "doctype": _l("The workbook holds what no spreadsheet writes, so we do not open it."),
    "too_many_parts": _l("The workbook has too many parts. Save only the list."),
    "too_large_unpacked": _l("The workbook is too large. Save only the list."),
    "too_many_rows": _l("The list has more than %(limit)s rows. Divide it."),
    "too_many_columns": _l("The list has more than %(limit)s columns."),
    "too_many_cells": _l("The list has more than %(limit)s cells. Divide it."),
    "too_much_text": _l("The list holds too much text. Divide it."),
    "too_costly": _l("The workbook takes too long to read. Save only the list."),
    "no_list": _l("There is nothing in this file."),
    "too_many_attempts": _l("It failed again and again. Please tell those who run this service."),
}


def role(code: str) -> str:
    """Name what a column holds."""
    language = code.removeprefix(LANGUAGE_ROLE)
    if language != code:
        return str(_("Level of %(language)s", language=codes.language(language)))
    return str(_ROLES.get(code) or FIELDS[code])


def certainty(column: Column) -> str:
    """Say how sure it is what a column holds."""
    if column.is_sensitive:
        return str(_("This should not be kept: it plays no part in a match. Better leave it out."))
    if column.role == NOTE:
        return str(_("Not recognised: it becomes a note."))
    return str(_("Recognised.") if column.certainty >= 0.9 else _("Guessed: please check."))


def value(field: str, given: Value) -> str:
    """Say what a text was taken for."""
    if given is None:
        return ""
    return str(_VALUES.get(field, str)(given))


def refused(problem: Mapping[str, Any]) -> str:
    """Say why a file could not be read."""
    known = _REFUSED.get(problem["code"])
    sentence = str(known or _("This file could not be read."))
    return sentence % {"limit": problem.get("limit", "")} if "%(" in sentence else sentence


def step(import_: Import) -> str:
    """Say what is being done with a list."""
    if import_.state is ImportState.TAKING:
        return str(_("People are being taken in"))
    return str(_("The list is being read") if import_.total else _("The file is being opened"))


def gaps(fields: Iterable[str]) -> str:
    """Name what a profile still needs."""
    return codes.listed(str(FIELDS[name]) for name in fields)


def _yes_or_no(given: Value) -> str:
    return str(_("Yes") if given else _("No"))


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "languages": codes.languages,
    "language": codes.language,
    "occupation": codes.occupation,
    "past_occupation": codes.occupation,
    "sector": codes.sector,
    "sectors": codes.sectors,
    "field": lambda code: codes.fields([code]),
    "fields": codes.fields,
    "level": lambda level: codes.LEVELS[level],
    "recognition": lambda code: codes.RECOGNITION[code],
    "recognition_paths": codes.occupations,
    "modes": codes.modes,
    "travel": codes.travel,
    "slots": codes.slots,
    "topic": lambda code: codes.TOPICS[code],
    "topics": codes.topics,
    "prefer": codes.wishes,
    "gender": lambda code: codes.GENDERS[code],
    "same_gender": _yes_or_no,
    "internships": _yes_or_no,
    "size": lambda size: SIZES[CompanySize(size)],
}

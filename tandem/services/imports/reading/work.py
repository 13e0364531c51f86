"""Occupations and sectors in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from tandem.models.companies import CompanySize
from tandem.services.imports.asking import Asking, normalise
from tandem.services.imports.reading.outcome import (
    Outcome,
    answered,
    asked,
    exact,
    read,
    renamed,
    says_nothing,
    unknown,
)
from tandem.services.imports.understood import Sure, Understood, Value
from tandem.taxonomy import is_occupation, is_sector
from tandem.taxonomy.everyday import all_names
from tandem.taxonomy.names import read_table
from tandem.taxonomy.occupations import search_occupations
from tandem.taxonomy.sectors import search_sectors
from tandem.taxonomy.words import other_gender, without_both_genders

OCCUPATION = "occupation"
SECTOR = "sector"
LONGEST_WORDS = 120
AS_BEFORE = frozenset(
    {"wie bisher", "wie vorher", "wie zuvor", "gleiche", "gleicher beruf", "im beruf", "idem"}
    | {"wie herkunft", "wie gelernt", "wie gehabt", "dasselbe", "same", "same as before", "s o"}
)
"""What people write, normalised, where somebody wants to go on in the same occupation."""
_UNIT_DIGITS = 4
_SIZES = ((10, CompanySize.MICRO), (50, CompanySize.SMALL), (250, CompanySize.MEDIUM))
_HEADCOUNT = re.compile(r"(?:ca\.?|rund|etwa|about)?\s*(\d{1,6})\s*(?:MA|Mitarbeiter\w*|people)?")
_MOST_OFFERED = 8
_BRACKETS = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"[,;/|()\n]|\s(?:und|and|oder|or|später|then)\s")
_CODES = re.compile(r"[A-Z0-9]{1,2}(?:\|[A-Z0-9]{1,2})*")


@cache
def _codes_by_name(table: str) -> Mapping[str, frozenset[str]]:
    """Return the codes that go by a name, normalised, own and everyday names alike."""
    codes: dict[str, frozenset[str]] = {}
    for code in read_table(table):
        if table != "occupations" or len(code) == _UNIT_DIGITS:
            for name in all_names(table, code):
                key = normalise(name.text)
                codes[key] = codes.get(key, frozenset()) | {code}
    return codes


def _called(table: str, text: str) -> str | None:
    """Return the only code that goes by this name, or by its masculine form."""
    words = normalise(without_both_genders(text))
    for name in dict.fromkeys((words, other_gender(words))):
        codes = _codes_by_name(table).get(name, frozenset())
        if len(codes) == 1:
            return next(iter(codes))
    return None


def is_called(text: str) -> bool:
    """Tell whether ``text`` is the name of one occupation."""
    return _called("occupations", text) is not None


def is_sector_called(text: str) -> bool:
    """Tell whether ``text`` is the name of one sector."""
    return _called("sectors", text) is not None


def read_occupation(text: str, asking: Asking) -> Outcome:
    """Read the code of an occupation, and keep its words."""
    outcome = _occupation(text, asking)
    if len(text) > LONGEST_WORDS:
        return outcome
    words = Understood(value=" ".join(text.split()), shown=text, sure=Sure.EXACT)
    known = {} if is_occupation(text) or says_nothing(text) else {"occupation_words": words}
    return Outcome({**outcome.values, **known}, keeps_all=bool(known) or outcome.keeps_all)


def _occupation(text: str, asking: Asking) -> Outcome:
    known = answered(OCCUPATION, text, asking)
    if known is not None:
        return known
    if is_occupation(text):
        return exact(OCCUPATION, text, text)
    if says_nothing(text) or normalise(text) in AS_BEFORE:
        return unknown(OCCUPATION, text)
    code = _called("occupations", text)
    if code:
        return read(OCCUPATION, code, text)
    return asked(OCCUPATION, text, asking, offer=lambda: offered_occupations(text))


def read_past_occupation(text: str, asking: Asking) -> Outcome:
    """Read what somebody did before."""
    outcome = renamed(read_occupation(text, asking), OCCUPATION, "past_occupation")
    return renamed(outcome, "occupation_words", "past_occupation_words")


def offered_occupations(text: str) -> Sequence[Value]:
    """Return what a text may mean, the likeliest first: all of it, then its parts."""
    found = [code for part in _wholly_and_in_parts(text) for code in _first_occupations(part)]
    return list(dict.fromkeys(found))[:_MOST_OFFERED]


def _first_occupations(part: str) -> Iterator[str]:
    exact_code = _called("occupations", part)
    if exact_code:
        yield exact_code
    yield from (found.code for found in search_occupations(part, "de", most=_MOST_OFFERED // 2))


def _wholly_and_in_parts(text: str) -> list[str]:
    parts = [_BRACKETS.sub("", text), *_PARTS.split(text)]
    return [part for part in dict.fromkeys(part.strip() for part in parts) if part]


def read_recognition_paths(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's
    """Read the codes of the occupations whose recognition somebody knows about."""
    codes = text.split("|")
    if all(map(is_occupation, codes)):
        return exact("recognition_paths", list(codes), text)
    return unknown("recognition_paths", text)


def read_sectors(text: str, asking: Asking) -> Outcome:
    """Read one sector or several: codes, or names and everyday words for them."""
    if says_nothing(text):
        return unknown("sectors", text)
    if _CODES.fullmatch(text) and all(map(is_sector, text.split("|"))):
        return exact("sectors", text.split("|"), text)
    whole = _sector(text, asking)
    if whole:
        return read("sectors", [whole], text)
    return _sectors_in_parts(text, asking)


def _sectors_in_parts(text: str, asking: Asking) -> Outcome:
    parts = [part.strip() for part in re.split(r"[,;/|+\n]", text) if part.strip()]
    codes = [_sector(part, asking) for part in parts]
    if len(parts) > 1 and all(codes):
        found: list[str] = [code for code in codes if code]
        return read("sectors", list(dict.fromkeys(found)), text)
    outcome = asked(SECTOR, text, asking, offer=lambda: offered_sectors(text))
    value = outcome.values[SECTOR].value
    understood = outcome.values[SECTOR]
    listed: Value = [value] if isinstance(value, str) else None
    return Outcome(
        {
            "sectors": Understood(
                value=listed, shown=text, sure=understood.sure, asks=understood.asks
            )
        },
        keeps_all=False,
    )


def _sector(text: str, asking: Asking) -> str | None:
    answer = asking.answer(SECTOR, text)
    if answer is not None:
        return answer[0] if isinstance(answer[0], str) else None
    return _called("sectors", text)


def offered_sectors(text: str) -> Sequence[Value]:
    """Return what a text may mean, the likeliest first."""
    parts = _wholly_and_in_parts(text)
    hits = [search_sectors(part, "de", most=_MOST_OFFERED // 2) for part in parts]
    return list(dict.fromkeys(hit.code for each in hits for hit in each))[:_MOST_OFFERED]


def read_company_sector(text: str, asking: Asking) -> Outcome:
    """Read the one division of a company."""
    outcome = read_sectors(text, asking)
    sectors = outcome.values["sectors"]
    codes = sectors.value if isinstance(sectors.value, list) else []
    divisions = [code for code in codes if not code.isalpha()]
    if len(divisions) == 1 or not codes:
        value = replace(sectors, value=divisions[0] if divisions else None)
        return replace(outcome, values={SECTOR: value})
    return asked(SECTOR, text, asking, offer=lambda: divisions or offered_sectors(text))


def read_company_size(text: str, asking: Asking) -> Outcome:  # noqa: ARG001 - a reader's signature
    """Read the class of size from a number of people."""
    if text in {size.value for size in CompanySize}:
        return exact("size", text, text)
    found = _HEADCOUNT.fullmatch(text)
    if found is None:
        return unknown("size", text)
    people = int(found[1])
    size = next((size for most, size in _SIZES if people < most), CompanySize.LARGE)
    return read("size", size.value, text)
